"""Findings about a pipeline's results before anything is uploaded."""
