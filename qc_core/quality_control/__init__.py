"""The `quality_control` document, pure: no I/O, no clock."""
