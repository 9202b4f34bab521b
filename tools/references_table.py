"""The table of docs/references.md, made from the code: `python -m tools.references_table` writes it anew."""

from __future__ import annotations

from pathlib import Path

from qc_core.references import figures
from qc_core.references.kind import SUFFIXES, FigureKind
from qc_core.references.shown import shown

PAGE = Path(__file__).parent.parent / "docs" / "references.md"
BEGIN, END = "<!-- made by tools/references_table.py -->", "<!-- end of what is made -->"

PLACES = {
    "in the asset": "figures/name{}",
    "https": "https://example.org/name{}",
    "`s3://`": "s3://bucket/figures/name{}",
    "`sha1://`": "sha1://0123456789abcdef0123456789abcdef01234567?label=name{}",
}
"""Place → a reference to a file of that suffix in it."""

KINDS = {
    FigureKind.IMAGE: "Picture",
    FigureKind.SVG: "SVG",
    FigureKind.CONVERTED: "TIFF",
    FigureKind.PDF: "PDF",
    FigureKind.VIDEO: "Film",
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
    figures.DataFigure: "named, with size and link",
}
ON_THE_WEB: dict[type, str] = {
    figures.PdfFigure: "a link",
    figures.JsonFigure: "a link",
    figures.DataFigure: "named, with a link",
}
"""What differs for a file that the page cannot fetch."""


def table() -> str:
    """The table in Markdown: a row for each kind, a column for each place."""
    lines = [f"| Kind | Suffixes | {' | '.join(PLACES)} |", "|---|---|" + "---|" * len(PLACES)]
    for kind, suffixes in SUFFIXES.items():
        ending = "_v0.19.1.rrd" if kind is FigureKind.RERUN else f".{suffixes[0]}"
        cells = [_cell(pattern.format(ending)) for pattern in PLACES.values()]
        lines.append(f"| {KINDS[kind]} | {' '.join(f'`{one}`' for one in suffixes)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def written(page: str) -> str:
    """The page with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


def _cell(reference: str) -> str:
    figure = shown(reference, "record")
    if isinstance(figure, figures.TextFigure):
        return "a link" if figure.link else "as text"
    elsewhere = getattr(figure, "address", None) and not str(figure.address).startswith("/")  # type: ignore[union-attr]
    return (ON_THE_WEB.get(type(figure)) if elsewhere else None) or WORDS[type(figure)]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
