"""Records in the document database (DocDB), through its gateway."""
