"""The use cases. The stages meet only here; pages and the command line call nothing below."""
