"""How fast the portal is, next to its floor: `python -m bench`, or `make bench`. Not part of the tests."""
