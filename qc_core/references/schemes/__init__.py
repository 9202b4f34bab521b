"""References by scheme: S3, Kachery and the web."""
