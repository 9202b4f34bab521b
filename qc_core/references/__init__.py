"""A reference string → a typed reference → what kind of figure → how a browser shows it. Pure."""
