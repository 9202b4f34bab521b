"""The alternate workflow: figures to Kachery, metrics straight to a record of the database.

A plan says what will be done; carrying it out does that. `qc_core.pipeline.api` has both as functions.
"""
