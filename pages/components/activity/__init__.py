"""What changed, by whom, over all assets."""
