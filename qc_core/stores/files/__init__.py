"""Reading and changing single files: whole, under a lock, up to a limit."""
