"""Metadata that is uploaded to try it, and the limits of uploads."""
