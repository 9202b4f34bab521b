"""Short reasons for a Fail, as a part of the note: `Reasons: drift; noise. Only the first minute` has two and a text.

No format has a field for them, so they are the beginning of the note's line and are read back from there. A reason
holds neither a semicolon nor a full stop.
"""

_HEAD = "Reasons: "


def split_note(note: str) -> tuple[tuple[str, ...], str]:
    """The reasons of a note, and its text without them.

    `Reasons: drift; noise. Only the first minute` gives `("drift", "noise")` and `Only the first minute`.
    """
    if not note.startswith(_HEAD):
        return (), note
    listed, _, text = note.removeprefix(_HEAD).partition(".")
    return tuple(dict.fromkeys(part for one in listed.split(";") if (part := one.strip()))), text.strip()


def join_note(reasons: tuple[str, ...], text: str) -> str:
    """The note with these reasons and this text; `split_note` reads it back."""
    return f"{_HEAD}{'; '.join(reasons)}. {text}".strip() if reasons else text


def toggle_reason(note: str, reason: str) -> str:
    """The note with a reason more, or without it where it had it."""
    reasons, text = split_note(note)
    left = tuple(one for one in reasons if one != reason)
    return join_note(left if len(left) < len(reasons) else (*reasons, reason), text)
