"""What the code may do, and where. The layers are contracts of import-linter, in pyproject.toml."""

import ast
import re
from pathlib import Path

import pytest

from tests.paths import ROOT


def _imports(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            found.append((node.lineno, node.module or ""))
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def _core_files() -> list[Path]:
    return sorted((ROOT / "qc_core").rglob("*.py"))


STREAMLITS_STORES = {
    "session_state": {
        f"pages/shell/session/{module}.py"
        for module in (
            *("widget_state", "reviews", "navigation", "page_permissions", "queues", "retries", "visits"),
            *("frames", "grids", "reasons", "arrangements", "seen_figures", "matrix_request"),
        )
    },
    "query_params": {"pages/shell/address.py"},
}


@pytest.mark.parametrize("store", STREAMLITS_STORES)
def test_only_named_modules_touch_streamlits_global_stores(store: str) -> None:
    for path in sorted((ROOT / "pages").rglob("*.py")):
        if str(path.relative_to(ROOT)) not in STREAMLITS_STORES[store]:
            assert not re.search(rf"\bst\.{store}", path.read_text()), (
                f"{path} touches st.{store}; only {', '.join(sorted(STREAMLITS_STORES[store]))} may"
            )


def test_pages_compose_and_stay_short() -> None:
    for path in sorted((ROOT / "pages").glob("*.py")):
        assert len(path.read_text().splitlines()) <= 80, f"{path} is longer than a page should be"


def test_modules_stay_under_three_hundred_lines() -> None:
    for folder in ("pages", "qc_core", "tests", "demo", "bench", "tools"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            assert len(path.read_text().splitlines()) <= 300, f"{path} is too long"


DECODERS = {"PIL", "tifffile", "imageio", "matplotlib", "cv2", "skimage", "xml", "lxml", "h5py", "zarr"}
"""Packages that decode what anybody may have written."""
DECODING_CALLS = re.compile(
    r"(?<![\w.])(\w*[Ii]mage|PIL\.Image)\.open$|TiffFile$|imread$|read_csv$|read_table$|read_parquet$"
)
CHILD = ROOT / "qc_core" / "stores" / "figures" / "decoding"
STARTS_IN_THE_SERVER = {"__init__", "fork_server", "limited", "undecodable"}


def test_untrusted_files_are_decoded_in_the_limited_process_alone() -> None:
    """Only its own modules decode, and nothing else imports these; the server makes pictures of bytes it was given."""
    for path in [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *_core_files()]:
        if path.parent == CHILD and path.stem not in STARTS_IN_THE_SERVER:
            continue
        for line, name in _imports(path):
            if name.startswith("qc_core.stores.figures.decoding."):
                assert name.split(".")[4] in STARTS_IN_THE_SERVER, f"{path}:{line} imports {name}"
            decodes = name.split(".")[0] in DECODERS and not (
                path.name == "compare.py" and name in {"PIL", "PIL.Image"}
            )
            assert not decodes, f"{path}:{line} imports {name}; decode in {CHILD.name}/"
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert not DECODING_CALLS.search(called), (
                    f"{path}:{node.lineno} calls {called}; decode in {CHILD.name}/"
                )


def test_one_function_opens_pictures_and_names_the_formats() -> None:
    calls = [
        (path.name, [keyword.arg for keyword in node.keywords])
        for path in sorted(CHILD.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Image.open")
    ]
    assert calls == [("pictures.py", ["formats"])]


def test_data_never_becomes_code() -> None:
    for path in [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *_core_files()]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                assert name not in {"eval", "exec", "pickle.load", "pickle.loads"}, f"{path}:{node.lineno} {name}"
            if isinstance(node, ast.keyword):
                assert node.arg not in {"unsafe_allow_html", "unsafe_allow_javascript"}, f"{path} {node.arg}"


def test_each_type_that_is_ignored_has_its_code_and_a_reason() -> None:
    folders = ("pages", "qc_core", "tests", "bench", "tools")
    for path in [ROOT / "app.py", *(file for folder in folders for file in sorted((ROOT / folder).rglob("*.py")))]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if re.search(r"# type: ?ignore", line) and path != Path(__file__):
                assert re.search(r"# type: ignore\[[\w, -]+\]  # \w", line), f"{path}:{number} has no reason"


ASSERTIONS = re.compile(r"(^|\.)(expect|assert|raises|warns)(_\w+)?$")
"""What a call that asserts is named: `expect(…)`, `pytest.raises`, and our own `expect_…` and `assert_…`."""


def test_each_test_asserts_something() -> None:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
                assert any(
                    isinstance(node, ast.Assert)
                    or (isinstance(node, ast.Call) and ASSERTIONS.search(ast.unparse(node.func)))
                    for node in ast.walk(function)
                ), f"{path}:{function.lineno} {function.name} asserts nothing"


def test_each_public_class_name_has_one_meaning() -> None:
    found: dict[str, Path] = {}
    for path in [*sorted((ROOT / "pages").rglob("*.py")), *_core_files()]:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                assert found.setdefault(node.name, path) == path, f"{path} and {found[node.name]} define {node.name}"
