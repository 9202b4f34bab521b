"""Vega and Vega-Lite charts: their data, what they may load, the tables they are given."""
