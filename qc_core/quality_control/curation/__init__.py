"""Curations: versions, objects, the forms of spike sorting."""
