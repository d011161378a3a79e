"""The parts of the upload page: what is asked, understood, refused and moved; and below it history, coverage, names, templates."""
