"""JSON of either generation → metrics and problems."""
