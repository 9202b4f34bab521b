"""A pipeline's new results appended to earlier ones."""
