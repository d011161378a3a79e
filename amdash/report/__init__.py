"""What people take away: the PDF summary of one manager."""
