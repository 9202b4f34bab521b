"""The index of all assets: one line an asset in a file, and columns in memory that answer queries."""
