"""The history of a subject."""
