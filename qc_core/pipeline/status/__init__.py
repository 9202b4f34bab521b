"""How a document of quality control is doing, as a report."""
