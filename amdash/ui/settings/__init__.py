"""The page of settings: one section of the rules of the business at a time, and who the business is."""
