"""The notebooks keep the story's rules, and say and show just what their cells give, workspace or none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import notebook_story as story
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from hipbook import check, shipped, workspace
from hipbook.strings import sentences, text

FOLDER = Path(__file__).parents[1] / "notebooks"
NAMES = sorted(path.name for path in FOLDER.glob("*.ipynb"))
BYTES_BY = ("anywidget", "ipykernel", "ipython", "ipywidgets", "matplotlib", "nbformat", "numpy", "pandas")
"""Packages whose versions show in the committed bytes."""

ALTERED = " And more."


def committed(name: str) -> NotebookNode:
    return nbformat.read(FOLDER / name, as_version=4)


# --- the story's rules, and each of them broken ---------------------------


def shown(data: dict[str, str], kind: str = "display_data") -> NotebookNode:
    return new_output(kind, data=data)


def tidy() -> NotebookNode:
    """Return a small notebook that keeps every rule."""
    head = new_markdown_cell(f"# Hips\n\n*{story.DISCLAIMER}.* See [next](03_next.ipynb#how).\n\n## Look")
    source = f"{story.ONLY_IMPORT}\n\nhb.safety()"
    output = shown({"text/plain": "Stop when it pinches."})
    marked = {"tags": [story.MARK]}
    return new_notebook(
        cells=[head, new_code_cell(source, metadata=marked, execution_count=1, outputs=[output])]
    )


def says(markdown: str) -> Callable[[NotebookNode], None]:
    """Return a change that adds a text cell."""
    return lambda notebook: notebook.cells.append(new_markdown_cell(markdown))


def runs(
    source: str, *given: NotebookNode, count: int = 2, tags: tuple[str, ...] = ()
) -> Callable[[NotebookNode], None]:
    """Return a change that adds a code cell with outputs."""
    cell = new_code_cell(source, metadata={"tags": list(tags)}, execution_count=count, outputs=list(given))
    return lambda notebook: notebook.cells.append(cell)


def shows(data: dict[str, str]) -> Callable[[NotebookNode], None]:
    """Return a change that adds a marked cell with one output."""
    return runs("hb.safety()", shown(data), tags=(story.MARK,))


BROKEN: list[tuple[Callable, Callable[[NotebookNode], None]]] = [
    (story.one_h1_first, says("# Another")),
    (story.one_h1_first, lambda notebook: notebook.cells.insert(0, new_markdown_cell("## Early"))),
    (story.one_h1_first, lambda notebook: notebook.cells.pop(0)),
    (story.heading_levels_do_not_skip, says("#### Deep")),
    (story.plain_python, runs("%matplotlib inline")),
    (story.no_definitions, runs("def f():\n    return 1")),
    (story.no_definitions, runs("class C:\n    pass")),
    (story.no_definitions, runs("f = lambda x: x")),
    (story.few_code_lines, runs("\n".join(f"a{n} = {n}" for n in range(7)))),
    (story.one_import_in_the_first_cell, runs("import numpy as np")),
    (story.one_import_in_the_first_cell, runs(story.ONLY_IMPORT)),
    (story.one_import_in_the_first_cell, lambda notebook: notebook.cells.pop()),
    (story.no_machine_paths, says("Look into `/home`.")),
    (story.no_machine_paths, runs(r"a = r'C:\work'")),
    (story.no_machine_paths, shows({"text/plain": "saved in /tmp"})),
    (
        story.no_machine_paths,
        shows({"text/html": "<img alt='a' src='data:a/b;base64,L3Jvb3QvYQ=='>"}),
    ),
    (story.no_widget_state, lambda notebook: notebook.metadata.update(widgets={})),
    (story.no_widget_state, shows({story.WIDGET_VIEW: "{}"})),
    (story.disclaimer, lambda notebook: notebook.cells[0].update(source="# Hips")),
    (story.pictures_have_alt, says("![](hip.svg)")),
    (story.pictures_have_alt, says("<img src='hip.svg'>")),
    (story.pictures_have_alt, shows({"text/html": "<figure><img alt=' ' src='hip.svg'></figure>"})),
    (story.pictures_have_alt, shows({"image/png": "iVBORw0K"})),
    (story.computed_text_is_marked, runs("hb.safety()", shown({"text/plain": "Stop."}, "execute_result"))),
    (
        story.computed_text_is_marked,  # nbval looks at no comment that stands behind code
        runs("hb.safety()  # NBVAL_CHECK_OUTPUT", shown({"text/plain": "Stop."})),
    ),
    (story.computed_text_is_marked, runs("print(1)", new_output("stream", name="stdout", text="1"))),
    (story.no_frightening_words, says("A stiff hip means Damage to the back.")),
    (story.no_frightening_words, shows({"text/plain": "The disc is degenerating."})),
    (story.run_from_top_to_bottom, runs("a = 1", count=3)),
    (story.run_from_top_to_bottom, runs("a = 1", count=None)),
    (story.committed_with_outputs, runs("hb.safety()")),
    (story.no_errors, runs("a = 1", new_output("error", ename="E", evalue="e", traceback=["E: e"]))),
    (story.no_errors, runs("a = 1", new_output("stream", name="stderr", text="warned"))),
]


@pytest.mark.parametrize(("rule", "change"), BROKEN, ids=[f"{rule.__name__}" for rule, _ in BROKEN])
def test_each_rule_sees_what_breaks_it(rule, change):
    notebook = tidy()
    assert list(rule(notebook)) == []
    change(notebook)
    assert list(rule(notebook)) != []


def test_every_rule_has_been_seen_to_fail():
    assert {rule for rule, _ in BROKEN} == set(story.RULES)


def test_a_figure_and_a_player_need_no_mark():
    notebook = tidy()
    figure = {"text/html": "<figure><img alt='Two bars' src='a.svg'></figure>", "text/plain": "Two bars"}
    runs("hb.weekly_dose(mine)", shown(figure))(notebook)
    runs('hb.player("full")', shown({"text/plain": "Full routine: run this cell"}), count=3)(notebook)
    assert [line for rule in story.RULES for line in rule(notebook)] == []


def test_a_link_to_a_missing_notebook_is_seen():
    assert story.broken_links(tidy(), ["03_next.ipynb"]) == []
    assert story.broken_links(tidy(), ["03_other.ipynb"]) == ["03_next.ipynb"]


def test_a_label_without_its_unit_is_seen():
    labels = {"player.hold_s": "Hold (seconds)", "player.volume": "Volume", "player.rest_s": "Rest"}
    assert story.labels_without_unit(labels) == ["player.volume", "player.rest_s"]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_keeps_every_rule(name):
    assert [line for rule in story.RULES for line in rule(committed(name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_links_to_notebooks_that_are_there(name):
    assert story.broken_links(committed(name), NAMES) == []


def test_who_opens_the_stretches_is_told_how_a_cell_is_run():
    told = [
        cell.source for cell in committed("03_guided_stretches.ipynb").cells if "first cell" in cell.source
    ]
    assert told
    assert [words for words in told if "<kbd>Shift</kbd>+<kbd>Enter</kbd>" not in words] == []


def test_the_labels_of_number_controls_say_their_units():
    assert story.labels_without_unit(sentences()) == []


def test_no_sentence_frightens():
    assert {key: found for key, said in sentences().items() if (found := story.frightening(said))} == {}


# --- run, and compared with what is committed -----------------------------


@pytest.fixture(scope="module")
def learner(tmp_path_factory) -> workspace.Workspace:
    """Return a fresh workspace, called as a learner's is: its name is said in the notebooks."""
    return workspace.create(tmp_path_factory.mktemp("learner") / "hipbook-workbook")[0]


@dataclass(frozen=True)
class Validated:
    """What nbval found: by notebook what it says of each cell (None: it passed); the originals before it."""

    cells: dict[str, list[str | None]]
    before: dict[str, bytes] = field(repr=False)


def altered() -> NotebookNode:
    """Return all marked cells in one notebook, each with another output than its own."""
    taken = [cell for name in NAMES for _, cell in story.cells(committed(name), "code")]
    taken = [cell for cell in taken if story.is_marked(cell)]
    for cell in taken:
        for output in cell.outputs:
            output.data["text/plain"] += ALTERED
    return new_notebook(cells=[new_code_cell(story.ONLY_IMPORT), *taken])


@pytest.fixture(scope="module")
def validated(learner) -> Validated:
    """Run nbval over the learner's copies and over the altered notebook, in one subprocess."""
    before = {name: (FOLDER / name).read_bytes() for name in NAMES}
    nbformat.write(altered(), learner.folder / "altered.ipynb")
    report = learner.folder.parent / "nbval.xml"
    options = ["--nbval-lax", "--nbval-current-env", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
    variables = {key: value for key, value in os.environ.items() if key != "PYTEST_ADDOPTS"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *NAMES, "altered.ipynb"],
        cwd=learner.folder,
        env=variables | {workspace.VARIABLE: str(learner.folder)},
        capture_output=True,
        text=True,
    )
    assert report.exists(), done.stdout + done.stderr
    found: dict[str, list[str | None]] = {name: [] for name in [*NAMES, "altered.ipynb"]}
    for case in ElementTree.parse(report).iter("testcase"):
        name = next(name for name in found if Path(name).stem in case.attrib["classname"])
        found[name].append("".join(case[0].itertext()) if len(case) else None)
    return Validated(found, before)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_runs_and_every_marked_sentence_is_as_committed(name, validated):
    ran = validated.cells[name]
    assert ran == [None] * len(list(story.cells(committed(name), "code")))
    assert ran


def test_an_altered_sentence_is_noticed_in_every_marked_cell(validated):
    imported, *compared = validated.cells["altered.ipynb"]
    assert imported is None
    assert len(compared) >= len(NAMES)
    assert [found for found in compared if ALTERED not in (found or "")] == []


def test_validating_leaves_the_originals_alone(validated):
    assert {name: (FOLDER / name).read_bytes() for name in NAMES} == validated.before


def other_versions() -> list[str]:
    """Return the packages that are here in another version than the tested one and show in the bytes."""
    tested = check.tested_versions()
    here = {name: metadata.version(name) for name in BYTES_BY}
    return [f"{name} {found}, tested {tested[name]}" for name, found in here.items() if found != tested[name]]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_byte_for_byte_what_its_cells_give(name, tmp_path, load_tool, monkeypatch):
    others = other_versions()
    if others and os.environ.get("CI") != "true":
        pytest.skip(f"other versions than in constraints.txt give other bytes: {'; '.join(others)}")
    fresh, _ = workspace.create(tmp_path / "hipbook-workbook")
    monkeypatch.setenv(workspace.VARIABLE, str(fresh.folder))
    now = load_tool("build_notebooks").built(FOLDER / name, fresh.folder)
    stale = f"{name} is not what its cells give now: run python tools/build_notebooks.py"
    assert now.encode() == (FOLDER / name).read_bytes(), stale


def plain(shown_output: tuple[int, NotebookNode, NotebookNode]) -> str:
    return shown_output[2].get("data", {}).get("text/plain", "")


@pytest.fixture(scope="module")
def without_workspace(tmp_path_factory, load_tool) -> dict[str, str]:
    """Run every notebook in a plain folder; return what each says in plain text."""
    folder, built = tmp_path_factory.mktemp("plain"), load_tool("build_notebooks").built
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(workspace.VARIABLE, raising=False)
        assert workspace.find(folder) is None
        ran = {name: nbformat.reads(built(FOLDER / name, folder), as_version=4) for name in NAMES}
    assert list(folder.iterdir()) == []
    return {name: "\n".join(map(plain, story.outputs(notebook))) for name, notebook in ran.items()}


def test_without_a_workspace_every_notebook_runs_and_leaves_nothing_behind(without_workspace):
    assert set(without_workspace) == set(NAMES)


@pytest.mark.parametrize(
    ("name", "key"),
    [("03_guided_stretches.ipynb", "workspace.none"), ("05_my_progress.ipynb", "notebook.no_workspace")],
)
def test_without_a_workspace_it_says_that_nothing_is_saved(name, key, without_workspace):
    assert text(key) in without_workspace[name]


def test_a_learners_copy_says_nothing_that_was_found_on_another_machine():
    files = {name: content for name, content in shipped.workspace_files().items() if name.endswith(".ipynb")}
    personal = [
        cell
        for content in files.values()
        for cell in nbformat.reads(content.decode(), as_version=4).cells
        if shipped.PERSONAL in cell.metadata.get("tags", ())
    ]
    asked = ("check_installation", "where_saved", "my_log")
    assert all(any(f"hb.{name}" in cell.source for cell in personal) for name in asked)
    assert [cell.source for cell in personal if cell.outputs or cell.execution_count] == []
