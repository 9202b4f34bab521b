"""Tests of the figure on the page."""
