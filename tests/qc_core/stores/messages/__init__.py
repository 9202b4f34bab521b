"""Tests of what leaves the portal as a message."""
