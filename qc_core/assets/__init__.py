"""The record around the quality control: names, dates, subject, project, lineage, the searchable index. Pure."""
