"""The rules that a notebook's story keeps; each yields one line for each place where it does not."""

from __future__ import annotations

import ast
import base64
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import mistune
from nbformat import NotebookNode

DISCLAIMER = "For education, not medical advice"
MARK = "nbval-check-output"
MOST_CODE_LINES = 6
ONLY_IMPORT = "import hipbook as hb"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

FRIGHTENING = re.compile(
    r"\b(wears?|worn|damaged?|pays|breakdown|degenerat\w*|crumbl\w*|slipped|out of place|fragile)\b",
    re.IGNORECASE,
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|tmp|Users)\b|\b[A-Z]:\\|\bUsers\\")
UNITS = {
    r"player\.\w+_s": "(seconds)",
    r"player\.volume": "(percent)",
    r"player\.repetitions": "Times",
    r"self_check\.your_number": "({unit})",
}
"""What the label of a number control must say, by the form of its key."""

_markdown = mistune.create_markdown(renderer=None, plugins=["table"])


class _Images(HTMLParser):
    """Collects the attributes of each ``<img>``."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs))


def cells(notebook: NotebookNode, kind: str) -> Iterator[tuple[int, NotebookNode]]:
    """Yield the cells of one kind with their places, from 1."""
    return ((place, cell) for place, cell in enumerate(notebook.cells, 1) if cell.cell_type == kind)


def tokens(notebook: NotebookNode, kind: str) -> Iterator[dict[str, Any]]:
    """Yield one kind of token (``heading``, ``image``, ``link`` …) of all markdown cells."""

    def walk(token: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if token["type"] == kind:
            yield token
        for child in token.get("children", ()):
            yield from walk(child)

    for _, cell in cells(notebook, "markdown"):
        for token in _markdown(cell.source):
            yield from walk(token)


def is_marked(cell: NotebookNode) -> bool:
    """Return whether nbval compares a cell's output: by its tag, which a learner need not read."""
    return MARK in cell.metadata.get("tags", ())


def words(token: Mapping[str, Any]) -> str:
    """Return a token's text without its markup."""
    return token.get("raw", "") + "".join(map(words, token.get("children", ())))


def outputs(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode, NotebookNode]]:
    """Yield each output behind its cell's place and its cell."""
    for place, cell in cells(notebook, "code"):
        for output in cell.get("outputs", ()):
            yield place, cell, output


def output_texts(output: NotebookNode) -> list[str]:
    """Return all that an output says, embedded pictures decoded: base64 can spell anything by chance."""
    said = [value for value in output.get("data", {}).values() if isinstance(value, str)]
    said += [output.get("text", ""), *output.get("traceback", ())]
    return [re.sub(r"data:[\w/+.-]+;base64,([\w+/=]+)", _decoded, text) for text in said]


def _decoded(found: re.Match[str]) -> str:
    return base64.b64decode(found[1]).decode("utf-8", errors="replace")


def _texts(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    for place, cell in enumerate(notebook.cells, 1):
        yield place, cell.source
    for place, _, output in outputs(notebook):
        yield from ((place, text) for text in output_texts(output))


def _parsed(notebook: NotebookNode) -> Iterator[tuple[int, ast.Module]]:
    for place, cell in cells(notebook, "code"):
        try:
            yield place, ast.parse(cell.source)
        except SyntaxError:
            continue  # plain_python says it


# --- the rules ------------------------------------------------------------


def one_h1_first(notebook: NotebookNode) -> Iterator[str]:
    levels = [token["attrs"]["level"] for token in tokens(notebook, "heading")]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings must begin with their only H1, got levels {levels}"


def heading_levels_do_not_skip(notebook: NotebookNode) -> Iterator[str]:
    before = 0
    for token in tokens(notebook, "heading"):
        level = token["attrs"]["level"]
        if level > before + 1:
            yield f"heading {words(token)!r} must be at level {before + 1} or less, got {level}"
        before = level


def plain_python(notebook: NotebookNode) -> Iterator[str]:
    for place, cell in cells(notebook, "code"):
        try:
            ast.parse(cell.source)
        except SyntaxError:
            yield f"cell {place} must be plain Python, got {cell.source!r}"


def no_definitions(notebook: NotebookNode) -> Iterator[str]:
    defining = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    for place, tree in _parsed(notebook):
        if any(isinstance(node, defining) for node in ast.walk(tree)):
            yield f"cell {place} must define no function or class: it belongs into hipbook"


def few_code_lines(notebook: NotebookNode) -> Iterator[str]:
    for place, cell in cells(notebook, "code"):
        stripped = (line.strip() for line in cell.source.splitlines())
        lines = [line for line in stripped if line and not line.startswith("#")]
        if len(lines) > MOST_CODE_LINES:
            yield f"cell {place} must have at most {MOST_CODE_LINES} code lines, got {len(lines)}"


def one_import_in_the_first_cell(notebook: NotebookNode) -> Iterator[str]:
    found = [
        (place, ast.unparse(node))
        for place, tree in _parsed(notebook)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    first = next((place for place, _ in cells(notebook, "code")), 0)
    if found != [(first, ONLY_IMPORT)]:
        yield f"the only import must be {ONLY_IMPORT!r} in cell {first}, got {found}"


def no_machine_paths(notebook: NotebookNode) -> Iterator[str]:
    for place, text in _texts(notebook):
        for found in MACHINE_PATH.finditer(text):
            yield f"cell {place} must name no place of one machine, got {text[found.start() :][:40]!r}"


def no_widget_state(notebook: NotebookNode) -> Iterator[str]:
    if "widgets" in notebook.metadata:
        yield "metadata must hold no widget state"
    for place, _, output in outputs(notebook):
        if WIDGET_VIEW in output.get("data", {}):
            yield f"cell {place} must hold no widget view"


def disclaimer(notebook: NotebookNode) -> Iterator[str]:
    if not any(DISCLAIMER in cell.source for _, cell in cells(notebook, "markdown")):
        yield f"a text cell must say {DISCLAIMER!r}"


def pictures_have_alt(notebook: NotebookNode) -> Iterator[str]:
    for token in tokens(notebook, "image"):
        if not words(token).strip():
            yield f"picture {token['attrs']['url']!r} must have an alt text"
    html = [(place, cell.source) for place, cell in cells(notebook, "markdown")]
    for place, _, output in outputs(notebook):
        html.append((place, output.get("data", {}).get("text/html", "")))
        for kind in output.get("data", {}):
            if kind.startswith("image/"):
                yield f"cell {place} must show its picture as <img alt>: {kind} has no alt text"
    for place, source in html:
        for image in _Images(source).found:
            if not (image.get("alt") or "").strip():
                yield f"cell {place}: each <img> must have an alt text"


def computed_text_is_marked(notebook: NotebookNode) -> Iterator[str]:
    for place, cell, output in outputs(notebook):
        is_picture = output.get("data", {}).get("text/html", "").startswith("<figure")
        is_player = "hb.player(" in cell.source
        if not is_picture and not is_player and not is_marked(cell):
            yield f"cell {place} shows computed text and must carry the tag {MARK!r}"


def no_frightening_words(notebook: NotebookNode) -> Iterator[str]:
    for place, text in _texts(notebook):
        yield from (f"cell {place} must not frighten, got {found!r}" for found in frightening(text))


def run_from_top_to_bottom(notebook: NotebookNode) -> Iterator[str]:
    counts = [cell.get("execution_count") for _, cell in cells(notebook, "code")]
    if counts != list(range(1, len(counts) + 1)):
        yield f"execution counts must be 1 to {len(counts)}, got {counts}"


def committed_with_outputs(notebook: NotebookNode) -> Iterator[str]:
    shows = {place for place, tree in _parsed(notebook) if tree.body and isinstance(tree.body[-1], ast.Expr)}
    for place in sorted(shows - {place for place, _, _ in outputs(notebook)}):
        yield f"cell {place} must be committed with its output"


def no_errors(notebook: NotebookNode) -> Iterator[str]:
    for place, _, output in outputs(notebook):
        if output.output_type == "error" or output.get("name") == "stderr":
            yield f"cell {place} must run without error or warning, got {output_texts(output)}"


RULES: tuple[Callable[[NotebookNode], Iterator[str]], ...] = (
    one_h1_first,
    heading_levels_do_not_skip,
    plain_python,
    no_definitions,
    few_code_lines,
    one_import_in_the_first_cell,
    no_machine_paths,
    no_widget_state,
    disclaimer,
    pictures_have_alt,
    computed_text_is_marked,
    no_frightening_words,
    run_from_top_to_bottom,
    committed_with_outputs,
    no_errors,
)


def broken_links(notebook: NotebookNode, names: Collection[str]) -> list[str]:
    """Return the links to notebooks that are not among ``names``."""
    targets = [token["attrs"]["url"].partition("#")[0] for token in tokens(notebook, "link")]
    ours = (url for url in targets if url.endswith(".ipynb") and "://" not in url)
    return [url for url in ours if url.removeprefix("./") not in names]


def frightening(text: str) -> list[str]:
    """Return the words in ``text`` that frighten about backs."""
    return [found[0] for found in FRIGHTENING.finditer(text)]


def labels_without_unit(sentences: Mapping[str, str]) -> list[str]:
    """Return the keys of number controls whose label does not say its unit in words."""
    return [
        key
        for key, label in sentences.items()
        for form, unit in UNITS.items()
        if re.fullmatch(form, key) and unit not in label
    ]
