"""A small workbook that stands in for the shipped one, so that tests decide what is new in it."""

from __future__ import annotations

import json
from pathlib import Path

from hipbook import shipped

START, GUIDED, PROGRESS = "00_start_here.ipynb", "03_guided_stretches.ipynb", "05_my_progress.ipynb"


def notebook(*sources: str, **metadata: object) -> bytes:
    """Return a notebook of code cells, as Jupyter stores one."""
    cells = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def executed(content: bytes) -> bytes:
    """Return the notebook as JupyterLab leaves it after a run: outputs, counts, metadata, lines in a list."""
    stored = json.loads(content)
    for count, cell in enumerate(stored["cells"], 1):
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["42\n"]}]
        cell["execution_count"] = count
        cell["metadata"] = {"execution": {"iopub.status.busy": "now"}}
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    stored["metadata"] = {"kernelspec": {"name": "python3"}}
    return json.dumps(stored, indent=1).encode()


def ship(folder: Path, monkeypatch, *, version: str = "0.1.0", **replaced: bytes) -> None:
    """Make hipbook ship a small workbook from a folder; ``start``, ``guided``, ``progress`` replace one."""
    notebooks, data = folder / "notebooks", folder / "data"
    notebooks.mkdir(parents=True, exist_ok=True)
    data.mkdir(exist_ok=True)
    for key, name in (("start", START), ("guided", GUIDED), ("progress", PROGRESS)):
        (notebooks / name).write_bytes(replaced.get(key, notebook(f"import hipbook  # {key}")))
    (notebooks / ".ipynb_checkpoints").mkdir(exist_ok=True)
    (notebooks / ".ipynb_checkpoints" / START).write_bytes(b"left over")
    (data / "stretches.toml").write_text("schema = 1\n")
    (data / "sample_holds.csv").write_text("id,held_s\n1,30\n")
    paths = ["sample_holds.csv", "stretches.toml"]
    resources = [{"name": Path(path).stem, "path": path} for path in paths]
    (data / "datapackage.json").write_text(json.dumps({"name": "hipbook", "resources": resources}))
    monkeypatch.setattr(shipped, "notebooks_folder", lambda: notebooks)
    monkeypatch.setattr(shipped, "data_folder", lambda: data)
    monkeypatch.setattr(shipped, "version", lambda: version)
