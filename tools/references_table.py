"""The table of docs/references.md, made from the code: `python -m tools.references_table` writes it again."""

from __future__ import annotations

from pathlib import Path

from qc_core.references import figures
from qc_core.references.kind import SUFFIXES, FigureKind, is_read_by_scripts
from qc_core.references.locations import Locations
from qc_core.references.shown import resolve_figure

PAGE = Path(__file__).parent.parent / "docs" / "references.md"
BEGIN, END = "<!-- made by tools/references_table.py -->", "<!-- end of what is made -->"

PUBLIC = "public S3"
REFERENCES = {
    "in the asset": "figures/name{}",
    "under a location": "{{raw_asset_location}}/figures/name{}",
    "listed S3": "s3://bucket/figures/name{}",
    PUBLIC: "s3://bucket/figures/name{}",
    "Kachery": "sha1://0123456789abcdef0123456789abcdef01234567?label=name{}",
    "https": "https://example.org/name{}",
}
"""Location → a reference to a file of that suffix in it. Whether a bucket is listed, the settings say."""
LOCATIONS = Locations(raw="s3://bucket/raw")

KINDS = {
    FigureKind.IMAGE: "Picture",
    FigureKind.SVG: "SVG",
    FigureKind.CONVERTED: "TIFF",
    FigureKind.PDF: "PDF",
    FigureKind.VIDEO: "Video",
    FigureKind.JSON: "JSON, charts in Vega and Vega-Lite",
    FigureKind.HTML: "HTML",
    FigureKind.TABLE: "Table",
    FigureKind.MARKDOWN: "Markdown",
    FigureKind.TEXT: "Text",
    FigureKind.RERUN: "Rerun recording, its version in its name",
    FigureKind.DATA: "Data",
}
WORDS: dict[type, str] = {
    figures.NoFigure: "nothing",
    figures.PictureFigure: "shown",
    figures.ConvertedFigure: "shown, converted",
    figures.PdfFigure: "shown",
    figures.VideoFigure: "played",
    figures.JsonFigure: "drawn, or shown as text",
    figures.PageFigure: "shown in a sandbox",
    figures.EmbedFigure: "shown by Rerun's viewer",
    figures.ExcerptFigure: "shown, its beginning",
    figures.MarkdownFigure: "shown, its beginning",
    figures.DataFigure: "named, with its size and a link",
}
ON_THE_WEB: dict[type, str] = {
    figures.PdfFigure: "a link",
    figures.JsonFigure: "a link",
    figures.DataFigure: "named, with a link",
}
"""What differs for a file that neither the page nor the portal can ask for."""
IN_A_TAB = "in a tab of its own"


def table() -> str:
    """The table in Markdown: a row for each kind, a column for each location."""
    lines = [f"| Kind | Suffixes | {' | '.join(REFERENCES)} |", "|---|---|" + "---|" * len(REFERENCES)]
    for kind, suffixes in SUFFIXES.items():
        ending = "_v0.19.1.rrd" if kind is FigureKind.RERUN else f".{suffixes[0]}"
        cells = [_cell(location, pattern.format(ending)) for location, pattern in REFERENCES.items()]
        lines.append(f"| {KINDS[kind]} | {' '.join(f'`{one}`' for one in suffixes)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def replace_table(page: str) -> str:
    """The page with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


def _cell(location: str, reference: str) -> str:
    figure = resolve_figure(reference, "record", LOCATIONS)
    if isinstance(figure, figures.TextFigure):
        return "a link" if figure.link else "as text"
    if location == PUBLIC and isinstance(figure, figures.PageFigure):
        return "a link"
    if location == PUBLIC and is_read_by_scripts(reference):
        return IN_A_TAB
    differs = ON_THE_WEB if location in ("https", PUBLIC) else {}
    return differs.get(type(figure)) or WORDS[type(figure)]


if __name__ == "__main__":
    PAGE.write_text(replace_table(PAGE.read_text("utf-8")), "utf-8")
