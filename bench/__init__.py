"""How fast the portal is, each figure beside its floor: `python -m bench`, or `make bench`. Not part of the tests."""
