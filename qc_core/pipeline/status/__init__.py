"""The status of a quality_control document, as a report."""
