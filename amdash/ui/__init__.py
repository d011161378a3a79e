"""What pages are made of: session, cached reads, filters, markup."""
