"""amdash: the account-manager dashboard over the spreadsheets a small business already keeps."""

__version__ = "0.1.0"
