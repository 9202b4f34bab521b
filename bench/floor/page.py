"""One picture and five cards of three widgets, each a keyed fragment; with `?bare`, one button that changes a text."""

from urllib.parse import urlsplit

import streamlit as st

CARDS = 5


def cards() -> None:
    """The page that a review is compared with; its button draws another picture and other cards."""
    number = int(st.session_state.get("number", 0))
    st.button("Another", key="another", on_click=lambda: st.session_state.update(number=number + 1))
    here = urlsplit(st.context.url or "")
    left, right = st.columns([2, 1])
    left.image(f"{here.scheme}://{here.netloc}/figure/{number}.png")
    with right:
        for position in range(CARDS):
            name = f"{number}-{position}"
            st.fragment(card, key=f"card-{name}")(name, position)


def card(name: str, position: int) -> None:
    """What every metric's card has: a value, a status, a note."""
    with st.container(key=f"card-{name}", border=True):
        if position % 2:
            st.selectbox("Value", ["one", "two", "three"], key=f"{name}-value", label_visibility="collapsed")
        else:
            st.number_input("Value", value=1.5, key=f"{name}-value", label_visibility="collapsed")
        st.segmented_control("Status", ["Pass", "Fail", "Pending"], key=f"{name}-status", label_visibility="collapsed")
        st.text_input("Note", key=f"{name}-note", label_visibility="collapsed", placeholder=f"Note {name}")


def bare() -> None:
    """The least that a click can cost."""
    clicked = st.button("Click", key="bare-button")
    count = int(st.session_state.get("count", 0)) + int(clicked)
    st.session_state["count"] = count
    with st.container(key="bare-text"):
        st.text(f"{count} clicks")


st.set_page_config(page_title="Floor", layout="wide")
if "bare" in st.query_params:
    st.fragment(bare, key="bare")()
else:
    cards()
