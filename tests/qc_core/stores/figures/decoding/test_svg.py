"""SVG files that would hang a browser are recognised, and those of plotting libraries pass; none is ever drawn here."""

import base64
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import TooCostly
from qc_core.stores.figures.conversions import Conversions, Limits
from qc_core.stores.figures.decoding.svg import check
from qc_core.stores.figures.decoding.undecodable import Undecodable

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def count_shapes(tmp_path: Path, text: str | bytes, most_bytes: int = 1_000_000) -> Any:
    """The number of shapes that are drawn."""
    (tmp_path / "a.svg").write_bytes(text if isinstance(text, bytes) else text.encode())
    return check(str(tmp_path / "a.svg"), most_bytes, most_pixels=1_000_000)["drawn"]


def refusal(tmp_path: Path, text: str | bytes, **more: Any) -> str:
    with pytest.raises(Undecodable) as refused:
        count_shapes(tmp_path, text, **more)
    return str(refused.value)


def uses(levels: int, link: str = "xlink:href") -> str:
    """Each group shows the one before it ten times."""
    groups = "".join(f'<g id="g{at}">' + f'<use {link}="#g{at - 1}"/>' * 10 + "</g>" for at in range(1, levels + 1))
    return f'<svg {SVG}><defs><rect id="g0" width="1" height="1"/>{groups}</defs><use {link}="#g{levels}"/></svg>'


def nest(tag: str, attribute: str, levels: int = 8) -> str:
    """Ten shapes in each pattern (mask, marker) are filled with the one before it."""
    parts = "".join(
        f'<{tag} id="p{at}">' + f'<path d="M0 0" {attribute.format(at - 1)}/>' * 10 + f"</{tag}>"
        for at in range(1, levels + 1)
    )
    return f"<svg {SVG}>{parts}<rect {attribute.format(levels)}/></svg>"


def test_figures_of_plotting_libraries_are_counted_and_sent(tmp_path: Path) -> None:
    markers = '<use xlink:href="#m" x="1" y="2" style="fill:#1f77b4;stroke:none"/>' * 3000
    plot = f"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg {SVG} width="460pt" height="345pt" viewBox="0 0 460 345" version="1.1">
 <defs><style type="text/css">*{{stroke-linejoin: round; stroke-linecap: butt}}</style></defs>
 <g id="axes"><defs><path id="m" d="M0 3"/></defs><g clip-path="url(#clip)">{markers}</g></g>
 <defs><clipPath id="clip"><rect x="57" y="41" width="357" height="266"/></clipPath></defs></svg>"""
    assert 6000 < count_shapes(tmp_path, plot) < 10_000


def test_entities_that_only_name_namespaces_are_harmless(tmp_path: Path) -> None:
    drawing = f'<!DOCTYPE svg [<!ENTITY ns "http://ns.adobe.com/x/1.0/">]><svg {SVG} xmlns:x="&ns;"><path/></svg>'
    assert count_shapes(tmp_path, drawing) == 2


def test_links_that_lead_somewhere_and_show_nothing_are_not_counted(tmp_path: Path) -> None:
    assert count_shapes(tmp_path, f'<svg {SVG} id="top"><a href="#top"><text/></a><set href="#top"/></svg>') == 4


@pytest.mark.parametrize("reference", ["<text>{}</text>", '<path d="{}"/>', "<style>{}</style>"])
def test_entities_within_entities_are_refused(tmp_path: Path, reference: str) -> None:
    entities = '<!ENTITY e0 "0123456789">' + "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
    bomb = f"<!DOCTYPE svg [{entities}]><svg {SVG}>{reference.format('&e9;')}</svg>"
    assert "entities" in refusal(tmp_path, bomb)


def test_one_long_entity_named_often_is_refused(tmp_path: Path) -> None:
    bomb = f'<!DOCTYPE svg [<!ENTITY e "{"x" * 100_000}">]><svg {SVG}><text>{"&e;" * 2000}</text></svg>'
    assert "entities" in refusal(tmp_path, bomb)


def test_elements_that_an_entity_holds_count_as_often_as_it_is_named(tmp_path: Path) -> None:
    bomb = f'<!DOCTYPE svg [<!ENTITY e "{"<g/>" * 1000}">]><svg {SVG}>{"&e;" * 251}</svg>'
    assert "250,000 elements" in refusal(tmp_path, bomb)


@pytest.mark.parametrize("link", ["xlink:href", "href"])
def test_nested_uses_count_each_time(tmp_path: Path, link: str) -> None:
    assert count_shapes(tmp_path, uses(3, link)) < 5000
    assert "as often as it is shown" in refusal(tmp_path, uses(9, link))


@pytest.mark.parametrize(
    ("tag", "attribute"),
    [
        ("pattern", 'fill="url(#p{})"'),
        ("pattern", "style=\"fill: url( '#p{}' )\""),
        ("mask", 'mask="url(#p{})"'),
        ("clipPath", 'clip-path="url(#p{})"'),
        ("marker", 'marker-mid="url(#p{})"'),
    ],
)
def test_patterns_masks_and_markers_within_each_other_count_each_time(tmp_path: Path, tag: str, attribute: str) -> None:
    assert "as often as it is shown" in refusal(tmp_path, nest(tag, attribute))


@pytest.mark.parametrize(
    "rule",
    [
        ".c{0} {{ mask: url(#p{0}) }}",
        "@media all {{ g > path.c{0}, rect.c{0} {{ mask: URL('#p{0}') }} }}",
        r".c{0} {{ mask: u\72l(#\70 {0}) }}",
        ".c{0} {{ mask: url(%23x#%70{0}) }}",
        ".c{0}:nth-child(n) {{ mask: url(#p{0}) }}",
        "/* {{ */ .c{0}/**/ {{ mask: url(#p{0}) }}",
    ],
)
def test_the_rules_of_a_style_sheet_count_too(tmp_path: Path, rule: str) -> None:
    rules = "".join(rule.format(at) for at in range(1, 9))
    bomb = nest("mask", 'class="c{}"').replace(f"<svg {SVG}>", f"<svg {SVG}><style>{rules}</style>")
    assert "as often as it is shown" in refusal(tmp_path, bomb)


def test_links_in_variables_of_a_style_are_refused(tmp_path: Path) -> None:
    variables = "<style>:root { --a: url(#p1) } rect { mask: var(--a) }</style>"
    assert "variables" in refusal(tmp_path, f"<svg {SVG}>{variables}<rect/></svg>")


@pytest.mark.parametrize("link", ["#g{}", " #g{}", "plot.svg#g{}", "#%67{}"])
def test_a_link_counts_however_it_is_written(tmp_path: Path, link: str) -> None:
    bomb = re.sub(r'"#g(\d+)"', lambda found: f'"{link.format(found[1])}"', uses(9))
    assert "as often as it is shown" in refusal(tmp_path, bomb)


def test_a_link_that_an_animation_makes_counts(tmp_path: Path) -> None:
    bomb = re.sub(r'<use xlink:href="(#g\d+)"/>', r'<use><set attributeName="href" to="\1"/></use>', uses(9))
    assert "as often as it is shown" in refusal(tmp_path, bomb)


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<pattern id="a"><rect fill="url(#a)"/></pattern>',
    ],
)
def test_element_that_shows_itself_is_refused(tmp_path: Path, inside: str) -> None:
    assert "within itself" in refusal(tmp_path, f"<svg {SVG}>{inside}</svg>")


def test_a_filter_on_many_shapes_is_refused(tmp_path: Path) -> None:
    filters = '<filter id="f">' + "<feTurbulence/>" * 10 + "</filter>"
    shapes = '<rect filter="url(#f)"/>'
    assert count_shapes(tmp_path, f"<svg {SVG}>{filters}{shapes}</svg>") < 30_000
    assert "shapes" in refusal(tmp_path, f"<svg {SVG}>{filters}{shapes * 60}</svg>")


LONG = '<path d="M0 0H500000" {}/>'


@pytest.mark.parametrize(
    "dashed",
    [
        LONG.format('stroke-dasharray="1"'),
        LONG.format('style="stroke:red;stroke-dasharray: 1 0"'),
        LONG.format(r'style="stroke-d\61sharray: 1"'),
        f'<g stroke-dasharray="1">{LONG.format("")}</g>',
        f"<style>path {{ stroke-dasharray: 1 }}</style>{LONG.format('')}",
        f'<defs><g id="l">{LONG.format("")}</g></defs><use href="#l" stroke-dasharray="1"/>',
        LONG.format("").replace("/>", '><animate attributeName="stroke-dasharray" values="9;1"/></path>'),
        '<rect width="100%" height="9" stroke-dasharray="1"/>',
        '<path d="M0 0H9" pathLength="1e6" stroke-dasharray="1"/>',
        '<path d="M0 0H9" stroke-dasharray="var(--fine)"/>',
    ],
)
def test_lines_of_very_many_dashes_are_refused(tmp_path: Path, dashed: Any) -> None:
    assert "shapes" in refusal(tmp_path, f"<svg {SVG}>{dashed * 6}</svg>")


def test_lines_dashed_as_plots_have_them_are_harmless(tmp_path: Path) -> None:
    curve = "M0 0" + "L300.5 200.25" * 1000
    plot = f'<path d="{curve}" style="stroke-dasharray: 5.55,2.4; stroke-dashoffset: 0"/><path d="{curve}"/>'
    assert count_shapes(tmp_path, f"<svg {SVG}>{plot}</svg>") < 10_000
    assert (
        count_shapes(tmp_path, f"<svg {SVG}>{LONG.format('stroke-dasharray=' + chr(34) + 'none' + chr(34)) * 9}</svg>")
        < 20
    )


def test_shadows_and_masks_of_drawings_are_harmless_and_thousands_of_masks_are_not(tmp_path: Path) -> None:
    merge = "<feMerge><feMergeNode/><feMergeNode/></feMerge>"
    shadow = f'<filter id="s"><feOffset/><feGaussianBlur stdDeviation="2"/>{merge}</filter>'
    boxes = '<rect filter="url(#s)"/>' * 30
    assert count_shapes(tmp_path, f"<svg {SVG}>{shadow}{boxes}</svg>") < 150_000
    mask, masked = '<mask id="m"><rect/></mask>', '<rect mask="url(#m)"/>'
    assert count_shapes(tmp_path, f"<svg {SVG}>{mask}{masked * 100}</svg>") < 15_000
    assert "shapes" in refusal(tmp_path, f"<svg {SVG}>{mask}{masked * 4000}</svg>")


def test_another_svg_as_a_picture_in_it_is_refused(tmp_path: Path) -> None:
    inner = base64.b64encode(uses(9).encode()).decode()
    for picture in (
        f'<image href="data:image/svg+xml;base64,{inner}"/>',
        "<image xlink:href='data:IMAGE/SVG+XML,%3Csvg/%3E'/>",
        "<style>g { fill: url(data:image/svg+xml,x) }</style>",
    ):
        assert "another SVG" in refusal(tmp_path, f"<svg {SVG}>{picture}</svg>")


def png_header(side: int) -> bytes:
    """A PNG of one bit a pixel up to where its pixels begin."""
    head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = [struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in (head, b"IDAT")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_the_pixels_of_pictures_in_it_are_counted(tmp_path: Path) -> None:
    def image(side: int) -> str:
        return f'<image href="data:image/png;base64,{base64.b64encode(png_header(side)).decode()}"/>'

    assert count_shapes(tmp_path, f"<svg {SVG}>{image(300)}</svg>") < 1000
    assert "40000 × 40000" in refusal(tmp_path, f"<svg {SVG}>{image(40_000)}</svg>")
    assert "shapes" in refusal(tmp_path, f"<svg {SVG}>{image(1000) * 200}</svg>")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "not an SVG"),
        (b"%!PS\n{ } loop\n", "not an SVG"),
        (b"\x89PNG\r\n\x1a\n", "not an SVG"),
        (f"<svg {SVG}><g>", "not an SVG"),
        (f"<svg {SVG}>" + "<g>" * 300 + "</g>" * 300 + "</svg>", "nested"),
    ],
)
def test_invalid_svg_is_refused(tmp_path: Path, text: Any, words: str) -> None:
    assert words in refusal(tmp_path, text)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    assert "larger than" in refusal(tmp_path, uses(2), most_bytes=100)


def test_a_refusal_and_a_pass_are_remembered_until_the_file_changes(tmp_path: Path) -> None:
    conversions, source = Conversions(tmp_path / "converted", Limits()), tmp_path / "a.svg"
    source.write_text(uses(9))
    for _ in range(2):
        with pytest.raises(TooCostly, match=r"plot\.svg is not drawn here\. .*as often as it is shown.*downloaded"):
            conversions.check_svg(source, name="plot.svg")
    source.write_text(uses(1))
    for _ in range(2):
        conversions.check_svg(source, name="plot.svg")
