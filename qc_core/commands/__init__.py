"""The commands of `python -m qc_core`, one module each: its arguments, and what it does."""
