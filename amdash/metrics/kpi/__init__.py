"""One KPI, one file, found by discovery: each module declares ``KPI``."""
