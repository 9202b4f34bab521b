"""The walls of the house, read from the imports."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("app", "pages", "qc_core")
LAYERS = [
    {"errors", "json_value", "origins"},
    {"json_text", "times", "environment", "log_lines", "mail_address", "places", "secrets_file", "upload_limits"},
    {"annotators", "look_alikes"},
    {"settings", "patch"},
    {"identity", "settings_page"},
    {"quality_control", "references"},
    {"assets"},
    {"stores"},
    {"reviewing", "demo", "results", "pushing", "exporting"},
    {"services"},
    {"health", "uploading", "signed_reference", "pipeline"},
    {"doctor"},
    {"commands"},
    {"__main__"},
]


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


def _layer(module: str) -> int | None:
    part = module.split(".")[1] if module.count(".") else ""
    return next((n for n, names in enumerate(LAYERS) if part in names), None)


def _core_files() -> list[Path]:
    return sorted((ROOT / "qc_core").rglob("*.py"))


def test_qc_core_never_imports_streamlit_or_the_pages() -> None:
    for path in _core_files():
        for line, name in _imports(path):
            assert name.split(".")[0] not in {"streamlit", "pages", "app"}, f"{path}:{line} imports {name}"


def test_imports_inside_qc_core_go_downward_only() -> None:
    for path in _core_files():
        own = _layer(".".join(path.relative_to(ROOT).with_suffix("").parts))
        if path.name == "__init__.py" and path.parent.name == "qc_core":
            continue
        assert own is not None, f"{path} stands on no layer: add it to LAYERS"
        for line, name in _imports(path):
            if name.startswith("qc_core."):
                theirs = _layer(name)
                assert theirs is not None and theirs <= own, f"{path}:{line} imports {name}, which stands above it"


@pytest.mark.parametrize("module", ["session_state", "query_params"])
def test_one_module_touches_each_of_streamlits_global_stores(module: str) -> None:
    home = {"session_state": "session.py", "query_params": "address.py"}[module]
    for path in sorted((ROOT / "pages").rglob("*.py")):
        if path.name != home:
            assert not re.search(rf"\bst\.{module}", path.read_text()), f"{path} touches st.{module}; only {home} does"


def test_pages_compose_and_stay_short() -> None:
    for path in sorted((ROOT / "pages").glob("*.py")):
        assert len(path.read_text().splitlines()) <= 80, f"{path} is longer than a page should be"


def test_modules_stay_under_three_hundred_lines() -> None:
    for folder in ("pages", "qc_core", "tests", "demo", "bench", "tools"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            assert len(path.read_text().splitlines()) <= 300, f"{path} is too long"


DECODERS = {"PIL", "tifffile", "imageio", "matplotlib", "cv2", "skimage", "xml", "lxml", "h5py"}
"""Packages that decode what anybody may have written."""
DECODING_CALLS = re.compile(
    r"(?<![\w.])(\w*[Ii]mage|PIL\.Image)\.open$|TiffFile$|imread$|read_csv$|read_table$|read_parquet$"
)
CHILD = ROOT / "qc_core" / "stores" / "decoding"
STARTS_IN_THE_SERVER = {"__init__", "limited", "undecodable"}


def test_untrusted_files_are_decoded_in_the_limited_process_alone() -> None:
    """Only its own modules decode, and nothing else imports these; the server makes pictures of bytes it was given."""
    for path in [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *_core_files()]:
        if path.parent == CHILD and path.stem not in STARTS_IN_THE_SERVER:
            continue
        for line, name in _imports(path):
            if name.startswith("qc_core.stores.decoding."):
                assert name.split(".")[3] in STARTS_IN_THE_SERVER, f"{path}:{line} imports {name}"
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
