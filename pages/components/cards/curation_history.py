"""The versions of a curation, with curator and time, and the differences between two of them."""

import streamlit as st

from pages.components import people
from pages.components.cards.card import CardContext
from pages.shell.errors import plain
from pages.shell.formatting import count, format_time
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.curation import objects as curated_objects
from qc_core.quality_control.curation.versions import Curation, Version

DRAFT = "your draft"


def draw(card: CardContext, curation: Curation) -> None:
    """All versions, the newest first, and a comparison where there are two to compare."""
    versions = curation.versions
    st.markdown(
        "**Versions**  \n" + "  \n".join(_line(card, one) for one in reversed(versions)) if versions else "No version."
    )
    contents = {str(one.number): one.content for one in versions}
    if card.edit and card.edit.version:
        contents[DRAFT] = card.edit.version.content
    if len(contents) > 1:
        _comparison(card, contents)


def _line(card: CardContext, version: Version) -> str:
    found = curated_objects.objects(version.content)
    who = people.format_person(card.record_id, version.curator) if version.curator.strip() else "No name recorded"
    when = plain(format_time(version.timestamp)) if version.timestamp else "time not recorded"
    size = f" · {count(len(found), 'object')}" if found is not None else ""
    return f"**{version.number}** · {who} · {when}{size}"


def _comparison(card: CardContext, contents: dict[str, JsonValue]) -> None:
    names = list(contents)
    first, second = st.columns(2)
    # Their keys hold how many there are: with a new version the newest two are compared again.
    one = first.selectbox("Compare", names, index=len(names) - 2, key=f"{card.name}-compare-{names[-1]}")
    other = second.selectbox("with", names, index=len(names) - 1, key=f"{card.name}-with-{names[-1]}")
    found = list(curated_objects.difference_lines(curated_objects.differences(contents[one], contents[other])))
    if not found:
        st.caption("They are the same.")
        return
    st.caption(f"{count(len(found), 'difference')}:")
    columns = zip(("object", "fact", one, f"{other} "), zip(*found, strict=True), strict=True)
    st.dataframe(
        {name: list(cells) for name, cells in columns},
        hide_index=True,
        height=min(280, 35 * (len(found) + 1) + 3),
        key=f"{card.name}-differences",
        alt=f"Differences between versions {one} and {other}",
    )
