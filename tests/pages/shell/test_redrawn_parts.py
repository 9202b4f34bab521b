"""What a click draws again is drawn by one run of the script."""

from collections.abc import Callable

from pages.shell.redrawn_parts import are_drawn, list_redrawn
from tests.fakes.assets import Asset, document, metric
from tests.fakes.portal import Portal
from tests.fakes.session import session


def test_a_verdict_and_a_group_click_take_one_run_each(portal: Portal, made: Callable[..., Asset]) -> None:
    asset = made(document(metric("Drift", 1, tags=["first"]), metric("Noise", 2, tags=["second"])))
    with session(portal, "view", f"name={asset.name}") as opened:
        status = opened.controls["Status of Drift"]
        for option, said in ((status.options[0], "saved as draft"), (status.options[2], "No changes")):
            drawn = len(opened.text)
            assert opened.count_runs(status, option) == 1
            assert "Status of Drift" in opened.text[drawn:] and said in opened.text[drawn:]
        drawn = len(opened.text)
        followed = {"event": "followed", "value": {"metric": "Noise"}}
        assert opened.count_runs(opened.controls["qc_tree"], event=followed) == 1
        assert "Status of Noise" in opened.text[drawn:] and "qc_tree" not in opened.text[drawn:]


def test_a_click_that_draws_other_parts_takes_a_run_for_them(portal: Portal, made: Callable[..., Asset]) -> None:
    asset = made(document(metric("Drift", 1)))
    with session(portal, "view", f"name={asset.name}") as opened:
        drawn = len(opened.text)
        shown = {"event": "show", "value": "undecided"}
        assert opened.count_runs(opened.controls["qc_tree"], event=shown) == 2
        assert "qc_verdicts" in opened.text[drawn:] and "Status of" not in opened.text[drawn:]


def test_a_figure_that_is_shown_alone_again_is_drawn_where_a_verdict_comes_with_the_same_message(
    portal: Portal, made: Callable[..., Asset]
) -> None:
    asset = made(document(metric("Drift", 1, reference="https://example.org/a.png")))
    with session(portal, "view", f"name={asset.name}") as opened:
        drawn, status = len(opened.text), opened.controls["Status of Drift"]
        chosen = {"event": "chosen", "value": ""}
        opened.count_runs(opened.controls["qc_sessions"], event=chosen, also=(status, status.options[0]))
        assert "qc_sessions" in opened.text[drawn:] and "saved as draft" in opened.text[drawn:]


def test_a_card_is_drawn_with_the_bar_and_the_tree_leads_to_the_panes() -> None:
    assert list_redrawn("card-0/1") == ("card-0/1", "bar")
    assert list_redrawn("groups") == list_redrawn("keys") == ("panes",)
    assert list_redrawn("notes") == ("notes",)


def test_a_run_goes_on_only_if_it_draws_everything_that_was_asked_for() -> None:
    assert are_drawn([["a"], ["a", "b"]], ["b", "a"])
    assert not are_drawn([["a"], ["c"]], ["a", "b"])
    assert not are_drawn([["a"], []], ["a"])  # [] is the whole page
    assert not are_drawn([], ["a"]) and not are_drawn([["a"]], ())
