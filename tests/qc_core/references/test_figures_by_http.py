"""Pictures and videos at http addresses: from the hosts of the settings alone, and with the reason elsewhere."""

import pytest

from qc_core.references.embeds import Embeds
from qc_core.references.figures import PairFigure, PictureFigure, SwipeFigure, TextFigure
from qc_core.references.shown import resolve_figure


@pytest.mark.parametrize("name", ["a.png", "a.svg", "a.mp4"])
def test_a_picture_or_video_by_http_has_the_reason_why_it_is_not_loaded(name: str) -> None:
    address = f"http://files.lab.example:8080/{name}"
    figure = resolve_figure(address, "r")
    assert isinstance(figure, TextFigure) and "QC_PORTAL_FIGURE_HOSTS" in figure.reason and figure.link == address
    other = resolve_figure(address, "r", embeds=Embeds(figure_origins=("http://files.lab.example",)))
    assert isinstance(other, TextFigure)


@pytest.mark.parametrize("address", ["http://files.lab.example/a.png", "HTTP://Files.Lab.example:80/a.png"])
def test_a_picture_by_http_is_loaded_from_the_hosts_of_the_settings(address: str) -> None:
    allowed = Embeds(figure_origins=("http://files.lab.example",))
    assert isinstance(resolve_figure(address, "r", embeds=allowed), PictureFigure)
    pair = resolve_figure(f"{address};https://example.org/b.png", "r", embeds=allowed)
    assert isinstance(pair, SwipeFigure)
    assert isinstance(resolve_figure(f"{address};https://example.org/b.png", "r"), PairFigure)
