"""Counts of the source: modules by package, imports between packages, class names that several modules define, words.

`python -m tools.counts` counts the working copy, `python -m tools.counts --at COMMIT` a commit.
"""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("pages", "qc_core")
_VERBS = {"flatten", "listen", "shorten", "markdown", "warning"}
_IRREGULAR = {"laid", "begun", "done", "found", "kept", "left", "lost", "made", "met", "said", "seen", "sent", "told"}
WORDS = (
    *("look", "looks", "place", "places", "told", "tell", "tells", "said", "says", "stand", "stands", "standing"),
    *("carry", "carried", "around", "beside", "beneath", "anew", "hurry", "patience", "lend", "loan", "whoever"),
)
"""Words with too many meanings, or with a standard term in their stead (docs/glossary.md)."""


def sources(commit: str | None) -> dict[str, str]:
    """Path → text of each Python module and Markdown page, of the working copy or of a commit."""
    if commit is None:
        listed = _git("ls-files", "*.py", "*.md").splitlines()
        return {name: (ROOT / name).read_text("utf-8") for name in listed if (ROOT / name).exists()}
    listed = _git("ls-tree", "-r", "--name-only", commit).splitlines()
    return {name: _git("show", f"{commit}:{name}") for name in listed if name.endswith((".py", ".md"))}


def modules_by_folder(texts: Mapping[str, str]) -> Counter[str]:
    """How many modules each folder of the packages holds."""
    names = (name for name in texts if name.startswith(PACKAGES) and name.endswith(".py"))
    return Counter(name.rpartition("/")[0] for name in names if not name.endswith("__init__.py"))


def import_edges(texts: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """How many imports lead from one folder of the packages to another."""
    modules = {name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): name for name in texts}
    edges: Counter[tuple[str, str]] = Counter()
    for name, text in texts.items():
        if not (name.startswith(PACKAGES) and name.endswith(".py")):
            continue
        for target in _imports(text):
            found = modules.get(target) or modules.get(target.rpartition(".")[0])
            if found and found.startswith(PACKAGES):
                own, other = name.rpartition("/")[0], found.rpartition("/")[0]
                edges[own, other] += own != other
    return +edges


def _imports(text: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def find_shared_class_names(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Class names that several modules of the packages define, with those modules."""
    found = defaultdict(list)
    for name, text in texts.items():
        if name.startswith(PACKAGES) and name.endswith(".py"):
            for node in ast.parse(text).body:
                if isinstance(node, ast.ClassDef):
                    found[node.name].append(name)
    return {name: paths for name, paths in sorted(found.items()) if len(paths) > 1}


def participles(texts: Mapping[str, str]) -> list[str]:
    """Functions of the packages whose name begins with a participle or gerund, not a verb; no properties."""
    found = []
    for name, text in texts.items():
        if name.startswith(PACKAGES) and name.endswith(".py"):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.decorator_list:
                    first = node.name.strip("_").partition("_")[0]
                    regular = len(first) > 4 and first.endswith(("ed", "ing", "wn", "en")) and first not in _VERBS
                    if regular or first in _IRREGULAR:
                        found.append(f"{name}:{node.lineno} {node.name}")
    return found


def words(texts: Mapping[str, str]) -> Counter[str]:
    """How often each of WORDS occurs, as a word or as a part of a name."""
    found: Counter[str] = Counter()
    for name, text in texts.items():
        if name != "tools/counts.py":
            found.update(re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", text).lower()))
    return Counter({word: found[word] for word in WORDS})


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Print all counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", metavar="COMMIT", help="count this commit instead of the working copy")
    parser.add_argument("--participles", action="store_true", help="list functions that are named by a participle")
    arguments = parser.parse_args()
    texts = sources(arguments.at)
    if arguments.participles:
        print("\n".join(participles(texts)))
        return
    folders, edges, shared = modules_by_folder(texts), import_edges(texts), find_shared_class_names(texts)
    print(f"modules: {sum(folders.values())} in {len(folders)} folders")
    for folder, number in sorted(folders.items()):
        print(f"  {number:3} {folder}")
    print(f"imports between folders: {edges.total()} over {len(edges)} arrows")
    print(f"class names defined in several modules: {len(shared)} {' '.join(shared)}")
    print(f"functions named by a participle: {len(participles(texts))}; --participles lists them")
    counted = words(texts)
    print(f"words: {counted.total()}")
    print("  " + ", ".join(f"{word} {number}" for word, number in counted.most_common()))


if __name__ == "__main__":
    main()
