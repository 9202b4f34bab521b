"""Cards of metrics and curations."""
