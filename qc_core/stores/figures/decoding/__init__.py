"""Decode untrusted files, in a process with limits on memory, time and output.

`limited.run` starts that process; `__main__` is what it runs. `pictures`, `tables` and `svg` decode, and are imported
inside that process only (`tests/test_architecture.py` checks it).
"""
