"""The list of assets."""
