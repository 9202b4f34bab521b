"""Text of a record on the screen, letter by letter: no arrow, picture, link or formula is made of it."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.portal_page import PortalPage
from tests.fakes.assets import PIPELINE, Asset, document, metric

TEXTS = [
    "a >= b <= c ~= d != e",
    "-> <- <-> -- --- => ->",
    ":streamlit: :material/home: :material_home: :smile: :+1: :red[x] :small[y]",
    "www.x.org WWW.x.org https://x.org/y?z=1 http://x.org a@b.org mailto:a@b.org",
    "$x$ $$y$$ **b** _i_ ~~s~~ `c` [l](https://x.org) ![p](https://x.org/p.png) <b>t</b> &lt;",
]
MADE = "a, img, em, del, code, .katex, [aria-label$=' icon']"
"""What Markdown could have been made into."""


def expect_in(view: Locator, text: str) -> None:
    """Exactly this text is there, and it is copied as it is read."""
    expect(view).to_contain_text(text, use_inner_text=True)


def test_every_letter_of_a_records_text_is_shown_and_nothing_is_made_of_it(
    made: Callable[..., Asset], page: PortalPage
) -> None:
    metrics = [
        metric(
            text,
            value={"value": 1, "rule": f"{text} is not a rule"},
            tags={"probe": "A", "said": text},
            status_history=[PIPELINE | {"evaluator": text, "status": "neither"}],  # so that no icon is ours
        )
        for text in TEXTS
    ]
    asset = made(document(*metrics, notes="\n".join(["first line", *TEXTS]), default_grouping=["probe"]))
    page.open(asset)
    for number, text in enumerate(TEXTS):
        card = page.cards.nth(number)
        assert card.locator("strong").first.inner_text() == text
        for piece in (text, f"by {text},", f"said: {text}"):
            expect_in(card, piece)
        expect_in(card, f"Rule: “{text} is not a rule”")
        found = card.get_by_test_id("stMarkdown").locator(MADE)
        assert [one.evaluate("made => made.outerHTML") for one in found.all()] == ["<em>1</em>"], "the value, by us"
        card.get_by_role("radio", name="Pass").click()
        page.expect_changes(number + 1)
        note = card.get_by_placeholder("Add a note")
        note.fill(text)
        note.press("Enter")
        page.card(text).expect_mark("note")
    page.cards.first.get_by_role("button", name="History (1)").click()
    expect_in(page.page.get_by_test_id("stPopoverBody"), f" · {TEXTS[0]} · ")
    page.page.keyboard.press("Escape")
    page.page.get_by_role("button", name="Notes (1)").click()
    notes = page.page.get_by_label("Notes of the record")
    notes.fill("\n".join(["first line", *TEXTS, *TEXTS]))
    notes.blur()
    page.expect_changes(len(TEXTS) + 1)
    page.page.keyboard.press("Escape")
    page.review()
    changes = page.dialog.locator('[class*="st-key-qc-change-"]')
    for number, text in enumerate(TEXTS):
        assert changes.nth(number).locator("strong").first.inner_text() == text
        expect_in(changes.nth(number), f"Note: {text}")
        expect_in(changes.last, f"+ {text}")
    expect(page.dialog.get_by_test_id("stMarkdown").locator("a, img, em, code, .katex")).to_have_count(0)
    page.dialog.get_by_role("button", name=f"Submit {len(TEXTS) + 1} changes").click()
    page.expect_submitted(len(TEXTS) + 1)
    opened = page.open_read_back()
    read_back = opened.get_by_test_id("stMarkdown").filter(has_text="note added")
    for text in TEXTS:
        expect_in(read_back, f"note added: {text}")
    expect(opened.get_by_test_id("stMarkdown").locator("a, img, em, code, .katex")).to_have_count(0)
    page.close_popover()


DESCRIBED = r"""Noise: \(\sigma_{MAD}\), $F_0$. Budget is $5 to $10 per hour, `\(code\)` and `$5 to $10`.
\[
  \Delta F / F_0 < 0.2
\]
behind it, and in line \[x^2\] too.

- in a list

  \[\sum_i x_i\]

| plane | rule |
|---|---|
| 0 | \(x < 5\) |

$$
y
$$
"""


def test_formulas_of_a_description_are_drawn_and_prices_and_code_are_not(
    made: Callable[..., Asset], page: PortalPage
) -> None:
    asset = made(document(metric("SNR", description=DESCRIBED)))
    page.open(asset)
    words = page.card("SNR").box.get_by_test_id("stMarkdown").filter(has_text="Budget")
    expect(words.locator(".katex")).to_have_count(7)
    expect(words.locator(".katex-display")).to_have_count(3)
    expect(words.locator(".katex-error")).to_have_count(0)
    expect(words.locator("li .katex-display, td .katex")).to_have_count(2)
    expect_in(words, "Budget is $5 to $10 per hour, \\(code\\) and $5 to $10.")
    expect_in(words, "behind it, and in line")
