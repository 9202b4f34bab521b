"""Texts and files that would run a script, in every field of a record, through a real browser with traps.

The traps: a dialog that opens, a new tab, a request to another host (the `witness` fails on any), and a violation of
the page's policy (which the browser reports as an error: something was taken for markup before it was blocked).
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from qc_core.quality_control.annotating.changes import DraftEntry
from qc_core.quality_control.annotating.editing import edit_key, with_status
from qc_core.quality_control.document import read
from qc_core.quality_control.status import Status
from qc_core.reviewing import save
from qc_core.stores.state.draft_store import FolderDrafts
from tests.browser.conftest import Witness
from tests.browser.portal_page import PortalPage
from tests.fakes.assets import PIPELINE, Asset, document, metric
from tests.fakes.hostile import CHART, ESCAPE, PAGE, PAYLOADS, REFERENCES, SVG
from tests.fakes.portal import Portal

Make = Callable[..., Asset]
ON_A_PAGE = 20
ADDRESSES = "links => links.map((link) => link.getAttribute('href') ?? '')"
ACTIVE = "script, iframe, object, embed, form:not(.vega-bindings), base, meta"


@pytest.fixture
def sprung() -> list[str]:
    """What went into the traps for dialogs and tabs."""
    return []


@pytest.fixture
def trapped(new_page: Callable[..., PortalPage], sprung: list[str]) -> Iterator[PortalPage]:
    """A page on which no dialog may open and no other tab."""
    page = new_page(alone=True)
    context = page.page.context

    def dialog(opened: Dialog) -> None:
        sprung.append(f"dialog: {opened.message}")
        opened.dismiss()

    def tab(opened: Page) -> None:
        sprung.append(f"tab: {opened.url}")

    context.on("dialog", dialog)
    context.on("page", tab)
    yield page
    context.remove_listener("page", tab)
    assert sprung == []


def test_hostile_code_would_be_noticed(trapped: PortalPage, witness: Witness, sprung: list[str]) -> None:
    trapped.list_assets()
    trapped.page.evaluate("alert('caught')")
    assert sprung == ["dialog: caught"]
    sprung.clear()
    for text in ('<img src="data:," onerror="alert(1)">', "<iframe srcdoc='<script>alert(1)</script>'></iframe>"):
        before = len(witness.errors)
        with trapped.page.expect_console_message(lambda alert: "Content Security Policy" in alert.text):
            trapped.page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", text)
        assert len(witness.errors) > before
    witness.errors.clear()
    with trapped.page.expect_request("https://evil.example/x.png"):
        trapped.page.evaluate("new Image().src = 'https://evil.example/x.png'")
    assert witness.foreign_hosts() == {"evil.example"}
    witness.allow("evil.example")


def visit_file(context: BrowserContext, address: str) -> Page:
    """Opens a file of an asset in a tab of its own; dialogs would be caught by the context's trap."""
    page = context.pages[0]
    page.goto(address)
    return page


def at(number: int) -> str:
    return PAYLOADS[number % len(PAYLOADS)]


def hostile_metric(number: int, **more: Any) -> dict[str, Any]:
    """A metric with a different payload in each field; over all of them each payload is in each field."""
    kinds: list[Any] = [
        at(number + 1),
        {"value": "", "options": [at(number + 1), at(number + 2)], "status": ["Pass", "Fail"], "type": "dropdown"},
        {"value": [at(number + 1)], "options": [at(number + 1), "b"], "status": None, "type": "checkbox"},
        {at(number + 1): [at(number + 2)], "b": [at(number + 3)]},
        [at(number + 1), {at(number + 2): at(number + 3)}],
        {"value": at(number + 1), "rule": at(number + 2)},
    ]
    alert = PIPELINE | {"evaluator": at(number + 4)}
    fields = {
        "name": at(number),
        "value": kinds[number % len(kinds)],
        "description": at(number + 3),
        "tags": {"part": f"{number // ON_A_PAGE:02}", at(number + 5): at(number + 6)},
        "status_history": [alert, alert | {"status": "Fail", "timestamp": "2025-01-02T00:00:00Z"}],
        "modality": {"name": at(number + 7), "abbreviation": "ecephys"},
    }
    return metric("") | fields | more


def test_no_field_of_a_card_is_taken_for_markup(trapped: PortalPage, made: Make) -> None:
    asset = made(document(*(hostile_metric(n) for n in range(len(PAYLOADS))), default_grouping=["part"]))
    seen: list[str] = []
    for part in range(-(-len(PAYLOADS) // ON_A_PAGE)):
        trapped.open(asset, f"part={part:02}")
        names = trapped.cards.locator("strong:first-child").all_inner_texts()
        assert (
            trapped.cards.locator(
                "script, iframe, object, embed, form, base, meta, link, svg[onload], [onerror]"
            ).count()
            == 0
        )
        seen += names
        trapped.cards.first.get_by_role("button", name=re.compile("History")).click()
    plain = [" ".join(text.split()) for text in PAYLOADS]
    assert [name for name in plain if name not in [" ".join(one.split()) for one in seen]] == []


def test_nothing_outside_the_cards_is_markup(trapped: PortalPage, made: Make, portal: Portal) -> None:
    metrics = [hostile_metric(n, tags={"odd": text}) for n, text in enumerate(PAYLOADS)]
    asset = made(
        document(*metrics, default_grouping=["odd"], notes="\n".join(PAYLOADS), key_experimenters=PAYLOADS[:9])
    )
    described = {
        "schema_version": "2.2.0",
        "name": asset.name,
        "subject_id": PAYLOADS[0],
        "project_name": PAYLOADS[24],
        "modalities": [{"name": PAYLOADS[1], "abbreviation": PAYLOADS[25]}],
        "investigators": [{"name": PAYLOADS[2]}],
        "data_level": PAYLOADS[3],
        "creation_time": PAYLOADS[4],
        "source_data": PAYLOADS[5:9],
    }
    (asset.folder / "data_description.json").write_text(json.dumps(described), "utf-8")
    trapped.open(asset)
    labels = trapped.groups.get_by_role("treeitem")
    expect(labels).to_have_count(len(PAYLOADS))
    trapped.page.get_by_role("button", name=re.compile("^Notes")).click()
    expect(trapped.page.get_by_label("Notes of the record")).to_be_visible()
    trapped.page.keyboard.press("Escape")
    trapped.page.locator(".st-key-history button").first.click()
    history = trapped.page.get_by_test_id("stPopoverBody")
    expect(history.get_by_text(f"{2 * len(PAYLOADS) + 1} changes")).to_be_visible()  # of status, and of the notes
    assert history.locator(ACTIVE).count() == 0
    trapped.page.keyboard.press("Escape")
    trapped.list_assets()
    expect(trapped.row(asset.name)).to_be_visible()
    expect(trapped.row(asset.name)).to_contain_text(PAYLOADS[0])


def test_no_name_in_the_list_of_drafts_is_markup(
    trapped: PortalPage, start_portal: Callable[..., Portal], tmp_path: Path
) -> None:
    drafts, now = FolderDrafts(tmp_path / "state"), datetime(2026, 1, 1, tzinfo=UTC)
    (one,) = read(document(metric("Drift"))).metrics
    edit = with_status(None, one, "v2", Status.FAIL, now)
    assert edit
    for number, text in enumerate(PAYLOADS):
        entries = {edit_key(one): DraftEntry(edit)}
        save(drafts, person_key=text, record_id=f"{at(number + 1)} {number}", tab="tab", entries=entries)
    trapped.portal = start_portal(state=tmp_path / "state")
    trapped.page.goto(f"{trapped.portal.url}/drafts")
    table = trapped.page.get_by_test_id("stTable")
    expect(table.locator("tbody tr")).to_have_count(len(PAYLOADS))
    trapped.wait_until_settled()  # what draws the text of a cell may still be loaded when its row is there
    names = table.locator("tbody td:nth-of-type(1)")
    expect(names.filter(has_text=re.compile(r"^\s*$"))).to_have_count(0)
    assert table.locator(ACTIVE).count() == 0
    shown = {" ".join(text.split()) for text in names.all_inner_texts()}
    assert {" ".join(text.split()) for text in PAYLOADS} - shown == set()
    for link in table.get_by_role("link").all():
        leads_to = link.get_attribute("href") or ""
        # An address in a name becomes a link of Streamlit's, which shows where it leads.
        shows_where = leads_to.startswith(("https://", "http://")) and link.inner_text() in unquote(leads_to)
        assert leads_to.startswith("view?") or shows_where, leads_to


def test_nothing_in_the_review_dialog_is_markup(trapped: PortalPage, made: Make) -> None:
    name, note = '<img src=x onerror="alert(1)">', "<script>alert(1)</script> [x](javascript:alert(1))"
    asset = made(document(hostile_metric(0, name=name), hostile_metric(1, name="b", value=at(3), tags={"part": "00"})))
    trapped.open(asset)
    card = trapped.card(name)
    card.choose("Pass")
    trapped.expect_changes(1)
    trapped.page.get_by_label(f"Note on {name}").fill(note)
    trapped.page.keyboard.press("Tab")
    trapped.review()
    expect(trapped.dialog).to_contain_text(name)
    expect(trapped.dialog).to_contain_text("<script>alert(1)</script>")
    trapped.dialog.get_by_role("button", name="Submit 1 change").click()
    trapped.expect_submitted()
    trapped.open_read_back()


def test_no_reference_is_opened_that_is_code(trapped: PortalPage, made: Make, witness: Witness) -> None:
    witness.forgive("404")  # the names of files that are not there
    metrics = [metric(f"Metric {n}", reference=text) for n, text in enumerate(REFERENCES)]
    trapped.open(made(document(*metrics)))
    for number in range(len(REFERENCES)):
        expect(trapped.card(f"Metric {number}").box).to_be_visible()
        expect(trapped.figure).to_be_visible()
        assert trapped.stage.locator("iframe, object, embed").count() == 0
        trapped.wait_until_settled()
        for address in trapped.figure.get_by_role("link").evaluate_all(ADDRESSES):
            assert re.match(r"(https?://|/(files|view)|view\?|\.?$)", address), REFERENCES[number]
        if number + 1 < len(REFERENCES):
            trapped.figure.get_by_role("link", name="Next figure").click()


def test_files_run_nothing_on_the_page_and_nothing_in_a_tab(
    trapped: PortalPage, made: Make, witness: Witness, portal: Portal
) -> None:
    name = "<img src=x onerror=alert(1)>.png"
    lines = "\n\n".join(PAYLOADS)
    files = {
        "a.svg": SVG,
        "a.html": PAGE,
        "a.md": lines.encode(),
        "a.txt": lines.encode(),
        "a.csv": "\n".join('"' + text.replace('"', '""') + '",1' for text in PAYLOADS).encode(),
        "a.json": json.dumps(PAYLOADS).encode(),
        "a.vl.json": json.dumps(CHART).encode(),
        "b.vl.json": json.dumps(ESCAPE).encode(),
        name: b"no picture",
    }
    asset = made(document(*(metric(path, reference=path) for path in files)), files=files)
    trapped.open(asset, "probe=A", "a.svg")
    shown = trapped.picture("a.svg")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 90
    tabs = {"a.svg": trapped.figure.get_by_role("link", name="Open this figure in a new tab").get_attribute("href")}

    # What the sandboxed page tries is refused by the browser, which reports it.
    for words in (
        "Content Security Policy",
        "sandbox",
        "allow-modals",
        "allow-popups",
        "Blocked",
        "Illegal callee",
        "Failed to load",
        "evil",
    ):
        witness.forgive(words)
    witness.allow("evil.example")  # asked for by the sandboxed page, refused before anything is sent
    trapped.open(asset, "probe=A", "a.html")
    expect(trapped.stage.frame_locator("iframe").locator("#said")).to_have_text("done:")
    expect(trapped.stage).to_contain_text("This figure could not load")
    assert trapped.stage.locator("img").count() == 0
    expect(trapped.page.get_by_test_id("stToast")).to_have_count(0)
    tabs["a.html"] = trapped.figure.get_by_role("link", name="Open this figure in a new tab").get_attribute("href")

    for path in ("a.md", "a.txt", "a.csv", "a.json", "a.vl.json", "b.vl.json", name):
        trapped.open(asset, "probe=A", path)
        if path == "a.csv":
            expect(trapped.stage.locator("tr")).to_have_count(len(PAYLOADS))
        elif path in ("a.txt", "a.json"):
            expect(trapped.stage.locator("pre")).to_contain_text("<script>alert(1)</script>")
        elif path == "a.vl.json":
            bars = trapped.figure.locator("path[aria-roledescription=bar]")
            expect(bars).to_have_count(12)
            bars.nth(8).click()
        elif path == name:
            expect(trapped.stage.get_by_role("alert")).to_be_visible()
        assert trapped.figure.locator(ACTIVE).count() == 0

    for href in tabs.values():
        opened = visit_file(trapped.page.context, f"{portal.url}{href}")
        assert opened.evaluate("self.origin") == "null"
        assert opened.url.startswith(portal.url)
