"""Metrics of many records as one table: CSV, Parquet or JSON.

`qc_core.pipeline.api.export` writes them; what each column holds: `rows`.
"""
