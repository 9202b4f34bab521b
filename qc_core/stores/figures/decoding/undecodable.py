"""The one error of the limited process."""


class Undecodable(Exception):
    """The file cannot be decoded within the limits; the message is a sentence for people."""


class TooManyPixels(Undecodable):
    """The picture is not damaged, and too large."""


def check_size(width: int, height: int, most_pixels: int) -> None:
    """Raises TooManyPixels."""
    if width * height > most_pixels:
        raise TooManyPixels(f"It has {width} × {height} pixels, more than the portal converts.")
