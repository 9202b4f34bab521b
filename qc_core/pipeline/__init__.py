"""The commands for pipelines: check, merge, push, export, status. As functions: `qc_core.pipeline.api`."""
