"""The figure: its component, its data, messages of embedded pages."""
