"""The registry of keys: no two commands share a key where both work, and what is made of it is up to date."""

import pytest

from pages.shell.key_registry import KEYS, SECTIONS, build_hint, format_key
from tools import keys_page

OF_FIGURES = ("zoom", "video", "seek", "stack", "pair", "curation")


def keys_of(*contexts: str) -> list[str]:
    return [key for section in SECTIONS if section.context in contexts for one in section.keys for key in one.keys]


def test_the_page_and_the_table_of_the_javascript_are_made_from_the_registry() -> None:
    """If this fails: `python -m tools.keys_page`."""
    assert keys_page.PAGE.read_text("utf-8") == keys_page.page()
    assert keys_page.MODULE.read_text("utf-8") == keys_page.module()


def test_each_command_is_there_once() -> None:
    commands = [key.command for section in SECTIONS for key in section.keys]
    assert len(commands) == len(set(commands)) == len(KEYS)


@pytest.mark.parametrize("context", OF_FIGURES)
def test_no_key_has_two_meanings_at_a_time(context: str) -> None:
    found = keys_of("review", context)
    assert len(found) == len(set(found))


def test_keys_of_streamlit_and_of_the_browser_are_left_alone() -> None:
    assert not {"c", "r", "Ctrl+c", "Ctrl+r", "Ctrl+f", "Ctrl+p", "Tab", "Enter"} & set(keys_of("review", *OF_FIGURES))


def test_the_keys_of_verdicts_notes_and_steps_are_those_of_the_documents() -> None:
    wanted = {
        "pass": "P",
        "fail": "F",
        "pending": "U",
        "note": "N",
        "value": "V",
        "nextMetric": "J",
        "previousMetric": "K",
        "previousFigure": "[",
        "nextFigure": "]",
        "previousGroup": "{",
        "nextGroup": "}",
        "fullScreen": "Z",
        "filter": "/",
        "undo": "Ctrl/⌘ Z",
        "submit": "Ctrl/⌘ Enter",
    }
    assert {command: KEYS[command].text for command in wanted} == wanted


def test_keys_are_shown_as_people_know_them() -> None:
    assert [format_key(key) for key in ("p", "Ctrl+Shift+z", "ArrowLeft", " ", "+", "Escape", "{")] == [
        "P",
        "Ctrl/⌘ ⇧ Z",
        "←",
        "space",
        "+",
        "Esc",
        "{",
    ]
    assert build_hint("fullScreen") == "Full screen (Z)"
