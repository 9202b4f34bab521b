"""Style sheets, filters and documents within an SVG that would make a browser draw more than the elements show."""

import base64
import re
from pathlib import Path

import pytest

from tests.qc_core.stores.figures.decoding.test_svg import SVG, count_shapes, nest, refusal


@pytest.mark.parametrize(
    "rule",
    [
        "[class=c{0}] {{ mask: url(#p{0}) }}",
        ":is(.c{0}, .d) {{ mask: url(#p{0}) }}",
        r".\63 {0} {{ mask: url(#p{0}) }}",
        "@keyframes a{0} {{ 50% {{ mask: url(#p{0}) }} }}",
        "a[title='/*'] {{}} .c{0} {{ mask: url(#p{0}) }} b[title='*/'] {{}}",
    ],
)
def test_a_rule_whose_elements_are_not_known_applies_to_every_element(tmp_path: Path, rule: str) -> None:
    rules = "".join(rule.format(at) for at in range(1, 9))
    bomb = nest("mask", 'class="c{}"').replace(f"<svg {SVG}>", f"<svg {SVG}><style>{rules}</style>")
    assert re.search("as often as it is shown|within itself", refusal(tmp_path, bomb))


STYLE = base64.b64encode(b"rect { mask: url(#p) }").decode()
PAGE = 'xmlns="http://www.w3.org/1999/xhtml"'


@pytest.mark.parametrize(
    "drawing",
    [
        f'<svg {SVG}><style>@import "data:text/css;base64,{STYLE}";</style></svg>',
        f'<?xml-stylesheet type="text/css" href="data:text/css;base64,{STYLE}"?><svg {SVG}/>',
        f'<?xml-stylesheet type="text/css" href="#s"?><svg {SVG}><desc id="s">rect {{ mask: url(#p) }}</desc></svg>',
        f'<svg {SVG}><foreignObject><link {PAGE} rel="stylesheet" href="data:text/css,g"/></foreignObject></svg>',
        f'<svg {SVG}><foreignObject><img {PAGE} src="data:image/svg+xml,%3Csvg/%3E"/></foreignObject></svg>',
        f'<svg {SVG}><foreignObject><img {PAGE} srcset="data:image/svg+xml,%3Csvg/%3E 1x"/></foreignObject></svg>',
        f'<svg {SVG}><foreignObject><object {PAGE} data="data:text/html,x"/></foreignObject></svg>',
    ],
)
def test_another_document_in_an_address_is_refused(tmp_path: Path, drawing: str) -> None:
    assert re.search("another (SVG|document)|for a style sheet", refusal(tmp_path, drawing))


def test_fonts_and_style_sheets_from_elsewhere_are_no_reason_to_refuse(tmp_path: Path) -> None:
    style = '@import url("https://fonts.example/css?a=1"); @font-face { src: url(data:font/woff2;base64,AA==) }'
    before = '<?xml-stylesheet href="plot.css" type="text/css"?>'
    assert count_shapes(tmp_path, f"{before}<svg {SVG}><style>{style}</style><text/></svg>") == 3


@pytest.mark.parametrize(
    "drawing",
    [
        '<rect style="filter: blur(20px)"/>' * 300,
        '<rect filter="blur(20px)"/>' * 300,
        '<g style="filter: drop-shadow(1px 1px 9px)">' * 30 + "<rect/>" + "</g>" * 30,
        r"<style>rect { filter: b\6cur(9px) }</style>" + "<rect/>" * 300,
        "<style>@keyframes a { to { filter: blur(9px) } } rect { animation: a 1s }</style>" + "<rect/>" * 300,
        '<rect><animate attributeName="filter" values="none;blur(9px)"/></rect>' * 300,
        '<g style="text-shadow: 0 0 9px red, 0 0 9px rgb(0, 0, 0)">' + "<text/>" * 150 + "</g>",
        f'<path d="M0 0{"L9 0 0 9" * 100_000}"/>',
    ],
)
def test_costly_effects_and_outlines_are_refused(tmp_path: Path, drawing: str) -> None:
    assert "shapes" in refusal(tmp_path, f"<svg {SVG}>{drawing}</svg>")


def test_effects_of_drawings_and_outlines_of_plots_are_harmless(tmp_path: Path) -> None:
    boxes = '<rect style="filter: drop-shadow(1px 2px 2px rgba(0, 0, 0, 0.3))"/>' * 40
    line = f'<path d="M0 0{"L300.5 200.25" * 50_000}"/>'
    assert count_shapes(tmp_path, f"<svg {SVG}>{boxes}{line}</svg>") < 150_000


@pytest.mark.parametrize(
    "style", [":root { --f: blur(9px) } g { filter: var(--f) }", "g { text-shadow: var(--shadows) }"]
)
def test_effects_in_variables_are_refused(tmp_path: Path, style: str) -> None:
    assert "variables" in refusal(tmp_path, f"<svg {SVG}><style>{style}</style></svg>")
