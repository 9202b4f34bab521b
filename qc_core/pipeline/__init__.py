"""What a pipeline asks: check, merge, push, export, status. As functions: `qc_core.pipeline.api`."""
