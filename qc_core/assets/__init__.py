"""The metadata of an asset: names, dates, subject, project, lineage, and its line in the list of assets."""
