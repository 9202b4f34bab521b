"""The script as Streamlit runs it, without a server or a browser: what is on the screen, and what can be done there."""

import json
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any, ClassVar

from pyarrow import ipc
from streamlit.testing.v1 import AppTest, local_script_runner

from pages.shell.errors import BREAK
from tests.fakes.component_packages import scan_packages_once
from tests.paths import ROOT

SCRIPT = str(ROOT / "pages" / "main.py")
TIMEOUT = 120
"""Seconds within which a run must end: long, since only failures wait for it."""
PAUSE = 0.1
"""Seconds until a page is drawn again that does not show yet what is waited for; to draw it takes as long."""

scan_packages_once()


def wait_for_script(runner: local_script_runner.LocalScriptRunner, timeout: float = TIMEOUT) -> None:
    """Wait until a run has ended: AppTest itself would look for it a thousand times a second."""
    assert runner._script_thread
    runner._script_thread.join(timeout)
    assert runner.script_stopped(), f"The script did not end within {timeout} s."


local_script_runner.require_widgets_deltas = wait_for_script


class Screen:
    """One tab. Our own components are known by the data they were given."""

    _pages: ClassVar[dict[str, Any]] = {}
    """The pages that the router has named so far, in any tab."""

    def __init__(self) -> None:
        self.app = AppTest.from_file(SCRIPT, default_timeout=TIMEOUT)

    def assets(self, **query: str) -> "Screen":
        """Open `/` with this query."""
        self.app.query_params.clear()
        self.app.query_params.update(query)
        return self.run()

    def review(self, **query: str) -> "Screen":
        """Open `/view` with this query."""
        return self.open_page("review.py", **query)

    def queue(self, **query: str | list[str]) -> "Screen":
        """Open `/queue` with this query."""
        return self.open_page("review_queue.py", **query)

    def activity(self, **query: str) -> "Screen":
        """Open `/activity` with this query."""
        return self.open_page("activity.py", **query)

    def drafts(self) -> "Screen":
        """Open `/drafts`."""
        return self.open_page("drafts.py")

    def open_page(self, path: str, **query: str | list[str]) -> "Screen":
        """Open a page by its file, such as `project.py`, with this query."""
        if not self._pages:  # a page is found by its file only after the router has run once
            Screen().run()
        self.app._registered_pages = self.app._registered_pages or self._pages
        self.app.switch_page(path)
        self.app.query_params.clear()
        self.app.query_params.update(query)
        return self.run()

    def run(self) -> "Screen":
        """Run the script once more; whatever it raises past its own boundary fails the test."""
        self.app.run()
        assert not self.app.exception, [raised.value for raised in self.app.exception]
        self._pages.update(self.app._registered_pages)
        return self

    def data(self, key: str) -> dict[str, Any] | None:
        """What one of our components was given, None where it is not on the screen."""
        found = [one.proto for one in self.app.get("bidi_component") if one.proto.id.endswith(f"-{key}")]
        return json.loads(found[0].json) if found else None

    def reopen(self) -> "Screen":
        """Open the same review as after a visit to another page: its record is read again, unlike with `run`."""
        self.app.session_state["qc-open"] = ""
        return self.run()

    def run_until(self, condition: Callable[["Screen"], object]) -> "Screen":
        """Run again and again until a condition holds: the folder is walked again once a second at most."""
        until = monotonic() + TIMEOUT
        while not condition(self.run()):
            assert monotonic() < until, f"Still not so after {TIMEOUT} s: {self.words}"
            sleep(PAUSE)
        return self

    @property
    def rows(self) -> Any:
        """The rows of the list of assets."""
        return (self.data("assets") or {"rows": []})["rows"]

    @property
    def names(self) -> list[str]:
        """The names in the list of assets."""
        return [row["name"] for row in self.rows]

    def cells(self, key: str) -> list[list[str]]:
        """The texts of a table with links, cell by cell."""
        rows = (self.data(key) or {"rows": []})["rows"]
        return [[" ".join(part["text"] or part.get("status", "") for part in cell) for cell in row] for row in rows]

    def chart_rows(self, description: str) -> list[dict[str, Any]]:
        """The rows of all tables that the charts with this text in their description are drawn from."""
        charts = [one.proto for one in self.app.get("vega_lite_chart")]
        found = [chart for chart in charts if description in json.loads(chart.spec).get("description", "")]
        tables = [data.data.data for chart in found for data in chart.datasets]
        return [row for table in tables for row in ipc.open_stream(table).read_all().to_pylist()]

    @property
    def errors(self) -> list[str]:
        """The errors on the page, as a reader sees them."""
        return [read(one.value) for one in self.app.error]

    @property
    def words(self) -> str:
        """All text that Streamlit draws, as a reader sees it."""
        drawn = (self.app.markdown, self.app.caption, self.app.info, self.app.warning, self.app.error, self.app.success)
        return read("\n".join(one.value for some in drawn for one in some))

    def field(self, kind: str, label: str) -> Any:
        """A field by its label, such as `field("number_input", "Value of Drift")`."""
        return next(one for one in self.app.get(kind) if one.label == label)

    @staticmethod
    def force(field: Any, value: Any) -> None:
        """Set a field as a browser could that does not care whether it is greyed out."""
        field.proto.disabled = False
        field.set_value(value)

    @property
    def fields(self) -> list[Any]:
        """Every field on the cards."""
        kinds = ("number_input", "text_input", "text_area", "button_group", "selectbox", "multiselect")
        return [one for kind in kinds for one in self.app.get(kind) if " of " in one.label or " on " in one.label]


def read(markdown: str) -> str:
    """Markdown without what `plain` puts before signs and between them."""
    markdown = markdown.replace(BREAK, "")
    return "".join(letter for at, letter in enumerate(markdown) if letter != "\\" or markdown[at - 1 : at] == "\\")


def list_kept(state: Path) -> list[str]:
    """The files of a state folder, but for the memory of a folder of assets that took long to read."""
    return [name for name in list_everything(state) if not name.startswith(("folders/", ".folders.lock"))]


def list_everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a folder: when it was written, and what it holds."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}
