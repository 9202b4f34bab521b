"""Many metrics as small pictures at once: their tiles, and the bar to decide and submit."""
