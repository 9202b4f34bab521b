"""The settings: read once from the environment and the secrets file."""
