"""Execute the notebooks in a temporary workspace and store them byte-stable, for readers on a code host.

``python tools/build_notebooks.py`` rewrites ``notebooks/``; with ``--check`` it only compares, and exits 1
when a committed notebook is not what its cells give now.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient

from hipbook import workspace
from hipbook.kernels import ThisPythonFirst

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def built(path: Path, folder: Path) -> str:
    """Return a notebook's text after running it in a workspace folder.

    Widget views and widget state are left out: they go stale, and code hosts cannot show them. The panel's
    text and the card beside it stay.
    """
    notebook = nbformat.read(path, as_version=4)
    kernel = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=ThisPythonFirst())
    where = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, km=kernel, timeout=300, resources=where).execute()
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET_VIEW, None)
    return nbformat.writes(notebook, indent=1, ensure_ascii=False) + "\n"


@contextmanager
def in_a_workspace() -> Iterator[Path]:
    """Make a learner's workspace for as long as notebooks run in it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "hipbook-workbook"
        workspace.create(folder)
        os.environ[workspace.VARIABLE] = str(folder)
        yield folder


def main(check: bool) -> int:
    """Build all notebooks; return the exit code."""
    stale = []
    with in_a_workspace() as folder:
        for path in sorted(NOTEBOOKS.glob("*.ipynb")):
            now = built(path, folder)
            if path.read_text(encoding="utf-8") != now:
                stale.append(path.name)
                if not check:
                    path.write_text(now, encoding="utf-8")
    verb = "is not what its cells give now; run: python tools/build_notebooks.py" if check else "rewritten"
    for name in stale:
        print(f"notebooks/{name}: {verb}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
