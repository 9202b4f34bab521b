"""Every key of a review and of a grid: for the `?` dialog, the hints of buttons, docs/keys.md and the JavaScript.

A key is written as `KeyboardEvent.key` has it, letters in lower case; `Shift+` is written before letters, digits and
named keys alone (`{` implies it), and `Ctrl+` means Ctrl or ⌘. `python -m tools.keys_page` writes what is made of
the registry; a test compares.
"""

from dataclasses import dataclass
from typing import Any

_NAMES = {
    " ": "space",
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "ArrowUp": "↑",
    "ArrowDown": "↓",
    "Escape": "Esc",
    "-": "−",
    "Shift": "⇧",
    "Ctrl": "Ctrl/⌘",
}


@dataclass(frozen=True, slots=True)
class Key:
    """A command with its keys: each of `keys` gives it; `shown` are those that lists name, by default all; two of
    more keys are the ends of a range.

    `label` is the same in a word or two, for the hint of a button; "" for a command without one.
    """

    command: str
    keys: tuple[str, ...]
    does: str
    shown: tuple[str, ...] = ()
    label: str = ""

    @property
    def text(self) -> str:
        """The keys for people: `P`, `⇧ P`, `Ctrl/⌘ Z`, `1 to 9`."""
        is_range = len(self.shown) == 2 and len(self.keys) > 2
        return (" to " if is_range else ", ").join(format_key(key) for key in self.shown or self.keys)


@dataclass(frozen=True, slots=True)
class Section:
    """Keys that belong together. `context` is where they work: "review" everywhere in it, else in a kind of figure."""

    context: str
    title: str
    keys: tuple[Key, ...]


SECTIONS = (
    Section(
        "review",
        "Decide",
        (
            Key("pass", ("p",), "Pass, and on to the next undecided metric", label="Pass"),
            Key("fail", ("f",), "Fail, and on to the next undecided metric", label="Fail"),
            Key("pending", ("u",), "back to Pending", label="Pending"),
            Key("note", ("n",), "write a note; Enter or Esc leaves it", label="Add a note"),
            Key("value", ("v",), "edit the value; Esc leaves it", label="Value"),
            Key("passRest", ("Shift+p",), "Pass the rest of this figure, or what is selected", label="Pass the rest"),
            Key("passGroup", ("Shift+g",), "Pass the rest of this group", label="Pass the rest of the group"),
            Key("select", ("x",), "select the metric, or not; a click with Shift selects several", label="Select"),
            Key(
                "reason",
                tuple(f"Shift+{digit}" for digit in "123456789"),
                "a reason for the Fail that was given last, from its list",
                shown=("Shift+1", "Shift+9"),
                label="Reasons",
            ),
            Key("undo", ("Ctrl+z",), "undo", label="Undo"),
            Key("redo", ("Ctrl+Shift+z", "Ctrl+y"), "redo", label="Redo"),
        ),
    ),
    Section(
        "review",
        "Move",
        (
            Key("nextMetric", ("j",), "next metric"),
            Key("previousMetric", ("k",), "previous metric"),
            Key("nextUndecided", ("l",), "next metric that is left to decide; where none is, the next asset"),
            Key("nextFigure", ("]",), "next figure, also of the next group", label="Next figure"),
            Key("previousFigure", ("[",), "previous figure, also of the group before", label="Previous figure"),
            Key("nextGroup", ("}",), "next group"),
            Key("previousGroup", ("{",), "previous group"),
            Key("tree", ("\\",), "hide or show the tree of groups"),
            Key("filter", ("/",), "filter groups and metrics", label="Filter groups and metrics"),
        ),
    ),
    Section(
        "review",
        "View and submit",
        (
            Key("fullScreen", ("z",), "full screen, and back", label="Full screen"),
            Key("leaveFullScreen", ("Escape",), "leave a field, a list, full screen"),
            Key("compare", ("i",), "compare numbers with the project", label="Compare with project"),
            Key("submit", ("Ctrl+Enter",), "review and submit", label="Review and submit"),
            Key("showKeys", ("?",), "these keys", label="Keys"),
        ),
    ),
    Section(
        "zoom",
        "Pictures",
        (
            Key("zoomIn", ("+", "="), "zoom in; so does the wheel", shown=("+",)),
            Key("zoomOut", ("-",), "zoom out"),
            Key("fit", ("0",), "fit"),
            Key("showActualPixels", ("1",), "actual pixels; a double click does both"),
            Key("panRight", ("ArrowLeft",), "move left"),
            Key("panLeft", ("ArrowRight",), "move right"),
            Key("panDown", ("ArrowUp",), "move up"),
            Key("panUp", ("ArrowDown",), "move down"),
            Key("openAdjust", ("a",), "brightness and contrast"),
        ),
    ),
    Section(
        "video",
        "Videos",
        (
            Key("togglePlay", (" ",), "play, pause"),
            Key("stepBack", (",",), "one frame back", label="One frame back"),
            Key("stepForward", (".",), "one frame on", label="One frame on"),
            Key("slower", ("<",), "slower"),
            Key("faster", (">",), "faster"),
        ),
    ),
    Section(
        "seek",
        "A video alone",
        (
            Key("seekBack", ("ArrowLeft",), "5 seconds back"),
            Key("seekForward", ("ArrowRight",), "5 seconds on"),
        ),
    ),
    Section(
        "stack",
        "A TIFF of several pages",
        (Key("previousPage", (",",), "previous page"), Key("nextPage", (".",), "next page")),
    ),
    Section(
        "pair",
        "Pairs",
        (
            Key("nextMode", ("m",), "swipe, side by side, in turn"),
            Key("left", ("ArrowLeft",), "move the handle; in turn: show the left one"),
            Key("right", ("ArrowRight",), "move the handle; in turn: show the right one"),
            Key("moveLeft", ("Shift+ArrowLeft",), "move the pictures left"),
            Key("moveRight", ("Shift+ArrowRight",), "move the pictures right"),
            Key("toggleBlink", (" ",), "in turn: pause, go on"),
        ),
    ),
    Section(
        "curation",
        "A curation's table",
        (Key("nextObject", ("Shift+j",), "next row"), Key("previousObject", ("Shift+k",), "previous row")),
    ),
    Section(
        "units",
        "The units of a curation, while the list has the focus",
        (
            Key("next", ("j", "ArrowDown"), "next unit"),
            Key("previous", ("k", "ArrowUp"), "previous unit"),
            Key("first", ("Home",), "first unit"),
            Key("last", ("End",), "last unit"),
            Key("label", tuple("123456789"), "set a label", shown=("1", "9")),
            Key("mark", (" ",), "mark a unit"),
            Key("merge", ("m",), "merge the marked with the current one"),
            Key("unmerge", ("u",), "take it out of its merge"),
            Key("remove", ("x",), "remove it"),
        ),
    ),
    Section(
        "grid",
        "Decide in a grid",
        (
            Key("passTile", ("p",), "Pass, and on to the next undecided one", label="Pass"),
            Key("failTile", ("f",), "Fail, and on to the next undecided one", label="Fail"),
            Key("pendingTile", ("u",), "back to Pending", label="Pending"),
            Key("passTiles", ("Shift+p",), "Pass the rest of the grid", label="Pass the rest"),
            Key(
                "tileReason",
                tuple(f"Shift+{digit}" for digit in "123456789"),
                "a reason for the Fail of the current one, or the one that was given last",
                shown=("Shift+1", "Shift+9"),
                label="Reasons",
            ),
            Key("undoGrid", ("Ctrl+z",), "undo the last step, in all assets", label="Undo"),
            Key("redoGrid", ("Ctrl+Shift+z", "Ctrl+y"), "redo", label="Redo"),
            Key("submitGrid", ("Ctrl+Enter",), "review and submit"),
        ),
    ),
    Section(
        "grid",
        "Move in a grid",
        (
            Key("nextTile", ("j", "ArrowRight"), "next"),
            Key("previousTile", ("k", "ArrowLeft"), "previous"),
            Key("tileBelow", ("ArrowDown",), "the one below"),
            Key("tileAbove", ("ArrowUp",), "the one above"),
            Key("firstTile", ("Home",), "first"),
            Key("lastTile", ("End",), "last"),
            Key("nextLeftTile", ("l",), "next that is left to decide"),
            Key("enlarge", (" ",), "its figure in large, and back", label="Large"),
            Key("shrink", ("Escape",), "back from large"),
            Key("openTile", ("Enter",), "open it in its review", label="Open the review"),
            Key("showGridKeys", ("?",), "these keys", label="Keys"),
        ),
    ),
)

KEYS = {key.command: key for section in SECTIONS for key in section.keys}
"""Every key by its command."""


def format_key(key: str) -> str:
    """A key as people read it: `Ctrl+Shift+z` gives `Ctrl/⌘ ⇧ Z`."""
    *modifiers, last = key.split("+") if key != "+" else [key]
    return " ".join([*(_NAMES[one] for one in modifiers), _NAMES.get(last, last.upper() if len(last) == 1 else last)])


def build_hint(command: str) -> str:
    """The hint of a button: what it does, with its keys in parentheses, such as `Full screen (Z)`."""
    key = KEYS[command]
    return f"{key.label} ({key.text})"


def build_table() -> list[dict[str, Any]]:
    """The registry as the JavaScript has it (`KeySection` in `types.d.ts`)."""
    return [
        {
            "context": section.context,
            "title": section.title,
            "keys": [
                {
                    "command": key.command,
                    "keys": list(key.keys),
                    "text": key.text,
                    "does": key.does,
                    "label": key.label,
                }
                for key in section.keys
            ],
        }
        for section in SECTIONS
    ]
