"""The one error of the limited process."""


class Undecodable(Exception):
    """The file cannot be decoded within the limits; the message is a sentence for people."""
