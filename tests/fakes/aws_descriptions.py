"""Reads boto's descriptions of the services of AWS once a process: each of its sessions would read them again."""

import functools

import botocore.loaders


def share_descriptions() -> None:
    """Let all sessions of this process share one loader, which keeps what it has read."""
    botocore.loaders.create_loader = functools.cache(botocore.loaders.create_loader)
