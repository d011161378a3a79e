"""The only HTML of the house. Every value goes through ``esc``."""
