"""The alternate workflow: figures to Kachery, metrics straight to a record of the database.

`plan` computes what to do, `execution` does it. `qc_core.pipeline.api` has both as functions.
"""
