"""Records in a folder of assets."""
