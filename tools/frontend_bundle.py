"""Writes the one file of all JavaScript modules of the pages, with esbuild: `make bundle`.

With `--check` it writes nothing, and fails where the file is not what the modules make.
"""

import subprocess
import sys

from pages.shell.frontend_modules import BUNDLE, FOLDER, MODULES, bundle_heading
from tests.paths import ROOT

ESBUILD = ROOT / "tools" / "frontend" / "node_modules" / ".bin" / "esbuild"


def write_entry() -> str:
    """The module that esbuild begins with: it loads a component by name, and evaluates none before."""
    components = sorted(name for name in MODULES if "/" not in name and name != "load.js")
    imports = "".join(f'  {name.removesuffix(".js")}: () => import("./{name}"),\n' for name in components)
    return (
        f'import {{ loadComponent as load }} from "./load.js";\nconst modules = {{\n{imports}}};\n'
        "export const loadComponent = (name, styles) => load(name, styles, (wanted) => modules[wanted]());\n"
    )


def build_bundle() -> bytes:
    """All modules in one, with the heading that states of which it is made."""
    command = [str(ESBUILD), "--bundle", "--format=esm", "--target=es2023", "--charset=utf8", "--log-level=warning"]
    built = subprocess.run(command, cwd=FOLDER, input=write_entry().encode(), stdout=subprocess.PIPE, check=True)
    return bundle_heading(MODULES) + built.stdout


def main(arguments: list[str]) -> int:
    """Write the file, or check it."""
    built = build_bundle()
    if arguments != ["--check"]:
        BUNDLE.write_bytes(built)
        print(f"{BUNDLE.relative_to(ROOT)}: {len(MODULES)} modules, {len(built):,} bytes")
        return 0
    if not BUNDLE.exists() or BUNDLE.read_bytes() != built:
        print(f"{BUNDLE.relative_to(ROOT)} is not what the modules make. `make bundle` writes it again.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
