"""Make the exercises from their solutions, with nbgrader's own steps, so that the two cannot drift apart.

``python tools/build_exercises.py`` runs each ``docs/teaching/solutions/exercise_NN.ipynb``, stores it with
what it shows, and writes ``notebooks/exercises/exercise_NN.ipynb`` and ``docs/teaching/answers.md``; with
``--check`` it only compares, and exits 1 when a committed file is not what the solutions give now.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearOutput, ClearSolutions, LockCells
from traitlets.config import PyFileConfigLoader

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from answers import answers  # noqa: E402
from build_notebooks import built, in_a_workspace  # noqa: E402

TEACHING = ROOT / "docs" / "teaching"
SOLUTIONS = TEACHING / "solutions"
EXERCISES = ROOT / "notebooks" / "exercises"
CONFIG = "nbgrader_config.py"
STEPS = (LockCells, ClearSolutions, ClearOutput, ClearHiddenTests)
"""Those of ``nbgrader generate_assignment`` that change what a learner sees."""


def exercise(solution: NotebookNode) -> str:
    """Return what learners get of a solution, as the text of a notebook."""
    config = PyFileConfigLoader(CONFIG, str(TEACHING)).load_config()
    made = nbformat.from_dict(solution)
    for step in STEPS:
        made, _ = step(config=config).preprocess(made, {})
    return nbformat.writes(made, indent=1, ensure_ascii=False) + "\n"


def files(folder: Path) -> dict[Path, str]:
    """Return every file that the solutions give, run in a workspace folder."""
    found: dict[Path, str] = {}
    for path in sorted(SOLUTIONS.glob("*.ipynb")):
        found[path] = built(path, folder)
        found[EXERCISES / path.name] = exercise(nbformat.reads(found[path], as_version=4))
    return found | {TEACHING / "answers.md": answers(SOLUTIONS)}


def main(check: bool) -> int:
    """Make all files; return the exit code."""
    with in_a_workspace() as folder:
        made = files(folder)
    stale = [
        path for path, now in made.items() if not path.exists() or path.read_text(encoding="utf-8") != now
    ]
    verb = "is not what the solutions give: run python tools/build_exercises.py" if check else "rewritten"
    for path in stale:
        print(f"{path.relative_to(ROOT)}: {verb}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
