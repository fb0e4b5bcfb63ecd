"""The report's files: a PDF that a physiotherapist can print, the call, the command, and what they refuse."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys

import pytest
from log_rows import session, three_holds
from made_log import CASES
from made_report import MADE_ON, NASTY, noted
from pypdf import PdfReader
from workbook_double import ship

import hipbook as hb
from hipbook import cli, workspace
from hipbook.notebook import Log
from hipbook.progress import log
from hipbook.reporting.content import report_of
from hipbook.reporting.paper import PdfError, pdf_of
from hipbook.reporting.writing import ReportError, write
from hipbook.strings import text


def plain(words: str) -> str:
    """Return a text as one line: a PDF breaks it where the page ends."""
    return " ".join(words.split())


@pytest.fixture(scope="module")
def sample():
    return report_of(hb.samples(), made_on=MADE_ON, private=True)


@pytest.fixture(scope="module")
def paper(sample):
    return PdfReader(io.BytesIO(pdf_of(sample)))


@pytest.fixture(scope="module")
def pages(paper):
    return [plain(page.extract_text()) for page in paper.pages]


# --- the PDF ----------------------------------------------------------------


def test_the_first_page_is_whole_and_the_figures_begin_on_the_second(sample, pages):
    for block in sample.first_page:
        assert block.title in pages[0]
        assert plain(block.words[-1]) in pages[0]
    assert pages[0].startswith(plain(f"{text('report.synthetic')} {sample.title}"))
    assert text("safety.education") in pages[0]
    assert text("report.section.weekly_dose") not in pages[0]
    assert text("report.section.weekly_dose") in pages[1]


def test_every_page_says_which_of_how_many_it_is_and_that_the_sample_is_made_up(pages):
    for number, page in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in page
        assert "23 November 2026" in page
        assert text("report.synthetic") in page


def test_words_tables_method_and_references_are_on_paper_too(sample, pages):
    whole = re.sub(r"page \d+ of \d+", "", " ".join(pages))
    for block in [*sample.sections, *sample.closing]:
        assert whole.count(block.title) >= (2 if block.picture else 1)
        assert plain(block.words[0])[:60] in whole
    for block in sample.sections:
        for row in (block.table.rows[0], block.table.rows[-1]):
            assert plain(row[0])[:10] in whole
    assert "Am I doing it, on both sides?" in whole  # in the picture itself


def test_the_pdf_is_tagged_named_and_in_english_and_carries_its_fonts(sample, paper):
    root = paper.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert paper.metadata.title == text("report.title")
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    fonts = {
        font.get_object()["/BaseFont"]
        for page in paper.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {font.partition("+")[2] for font in fonts} == {"DejaVuSans", "DejaVuSans-Bold"}
    kinds, alts = structure(root["/StructTreeRoot"])
    assert {"/H1", "/Table", "/TH", "/Figure"} <= kinds
    assert sorted(alts) == sorted(block.picture.alt for block in sample.sections)


def fonts_of(reader: PdfReader) -> set[str]:
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    return {font["/BaseFont"].partition("+")[2] for font in fonts}


def structure(root) -> tuple[set[str], list[str]]:
    kinds, alts, open_ = set(), [], [root.get_object()]
    while open_:
        node = open_.pop()
        kinds.add(node.get("/S", ""))
        if node.get("/S") == "/Figure":
            alts.append(node["/Alt"])
        children = node.get("/K", [])
        children = children if isinstance(children, list) else [children]
        found = [child.get_object() for child in children]
        open_ += [child for child in found if hasattr(child, "get")]
    return kinds, alts


def test_the_pdf_links_to_nothing_and_runs_nothing(paper):
    assert not {"/OpenAction", "/AA", "/Names"} & set(paper.trailer["/Root"])
    assert [page for page in paper.pages if "/Annots" in page] == []


def test_the_same_report_is_the_same_pdf(sample):
    assert pdf_of(sample) == pdf_of(sample)


def test_a_note_is_never_read_as_markup_on_paper():
    made = pdf_of(report_of(noted(), made_on=MADE_ON, private=True))
    whole = plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
    assert NASTY in whole


def test_a_note_in_letters_without_a_font_does_not_stop_the_report():
    made = pdf_of(report_of(noted(note="bell \a and 𓀀"), made_on=MADE_ON, private=True))
    reader = PdfReader(io.BytesIO(made))
    assert "bell" in " ".join(page.extract_text() for page in reader.pages)
    assert not any("LastResort" in font for font in fonts_of(reader))


@pytest.mark.parametrize("case", ["empty", "one_row", "ten_years"])
def test_short_and_long_logs_fit_on_paper(case):
    reader = PdfReader(io.BytesIO(pdf_of(report_of(CASES[case], made_on=MADE_ON, private=True))))
    pages = [plain(page.extract_text()) for page in reader.pages]
    assert text("safety.education") in pages[0]
    assert f"page 2 of {len(pages)}" in pages[1]
    second = text("report.missing" if case == "empty" else "report.section.weekly_dose")
    assert pages[1].startswith(second)
    assert second not in pages[0]
    assert "ynthetic" not in "".join(pages)
    assert len(pages) <= 40


# --- the call ---------------------------------------------------------------


def test_files_are_named_by_the_day_and_never_written_over(tmp_path):
    made = [write(CASES["one_row"], tmp_path, today=MADE_ON) for _ in range(2)]
    assert [file.name for (file,) in made] == ["report-2026-11-23.html", "report-2026-11-23-2.html"]
    both = write(CASES["one_row"], tmp_path, pdf=True, today=MADE_ON)
    assert [file.name for file in both] == ["report-2026-11-23-3.html", "report-2026-11-23-3.pdf"]
    assert both[1].read_bytes().startswith(b"%PDF-")


def test_a_name_of_ones_own_says_which_kind_it_is(tmp_path):
    (only,) = write(CASES["empty"], tmp_path, out=tmp_path / "mine.PDF")
    assert only.read_bytes().startswith(b"%PDF-")
    files = write(CASES["empty"], tmp_path, out=tmp_path / "hips.html", pdf=True)
    assert [file.name for file in files] == ["hips.html", "hips.pdf"]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("a.docx", "must end in"), ("none/a.html", "make the folder first"), ("there.html", "name another")],
)
def test_a_file_that_cannot_be_is_refused_in_one_line(tmp_path, name, wrong):
    (tmp_path / "there.html").write_text("mine", encoding="utf-8")
    with pytest.raises(ReportError, match=wrong) as caught:
        write(CASES["empty"], tmp_path, out=tmp_path / name)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "there.html").read_text(encoding="utf-8") == "mine"


def test_a_report_never_mixes_a_sample_with_ones_own_rows(tmp_path):
    with pytest.raises(ReportError, match="must be one log"):
        write(hb.my_log(or_sample=True), tmp_path)


def test_without_typst_the_html_works_and_a_pdf_is_refused_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PdfError, match=r'-m pip install "typst>='):
        write(CASES["empty"], tmp_path, pdf=True)
    assert list(tmp_path.iterdir()) == []
    assert len(write(CASES["empty"], tmp_path)) == 1


def test_the_call_of_a_notebook_says_where_the_report_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    said = hb.report(hb.samples(), out="sample.html")
    assert str(tmp_path / "sample.html") in said
    assert text("report.written.not_private") in said
    assert (tmp_path / "sample.html").is_file()


# --- the command ------------------------------------------------------------


@pytest.fixture
def learner(tmp_path, monkeypatch):
    """Return a workspace around the current folder, with three holds and a note."""
    ship(tmp_path / "shipped", monkeypatch)
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    made, _ = workspace.create(tmp_path / "mine")
    monkeypatch.chdir(made.folder)
    log.append_holds(made.log_folder, three_holds())
    log.append_sessions(made.log_folder, [session("n", note=NASTY, discomfort_0_10=2)])
    return made


def run(capsys, *arguments: object) -> tuple[int, str]:
    capsys.readouterr()
    code = cli.main(["report", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_the_command_writes_a_report_of_the_workspaces_log(learner, capsys):
    code, said = run(capsys, "--private")
    (file,) = learner.folder.glob("report-*.html")
    assert code == 0
    assert str(file) in said
    assert text("report.written.private") in said
    html = file.read_text(encoding="utf-8")
    assert "My knee hurt" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert file.name == f"report-{dt.date.today()}.html"


@pytest.mark.parametrize(("answer", "told"), [("y\n", True), ("\n", False), ("", False)])
def test_what_is_private_is_asked_for_and_left_out_when_nobody_answers(
    learner, capsys, monkeypatch, answer, told
):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    code, said = run(capsys)
    assert code == 0
    assert "Put them into the report?" in said
    (file,) = learner.folder.glob("report-*.html")
    assert ("My knee hurt" in file.read_text(encoding="utf-8")) == told


def test_without_anything_private_nothing_is_asked(learner, capsys):
    for file in learner.log_folder.glob("*.csv"):
        file.unlink()
    code, said = run(capsys)
    assert code == 0
    assert "?" not in said


def test_the_sample_needs_no_workspace(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    code, said = run(capsys, "--sample", "--out", "s.html")
    assert code == 0
    assert "?" not in said  # nobody's reasons are asked for
    html = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert text("report.synthetic") in html
    assert text("report.section.discomfort") in html
    assert run(capsys, "--sample", "--no-private", "--out", "less.html")[0] == 0
    assert text("report.section.discomfort") not in (tmp_path / "less.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [(["--out", "x.txt"], "must end in"), (["--plan", "0"], "must be above 0"), (["--plan", "x"], "--plan")],
)
def test_a_mistake_is_one_line(learner, capsys, arguments, wrong):
    code, said = run(capsys, "--no-private", *arguments)
    assert code == 2
    assert said.startswith("hipbook: ")
    assert said.count("\n") == 1
    assert wrong in said


def test_rows_that_cannot_be_read_are_counted(learner):
    with (learner.log_folder / "holds.csv").open("a", encoding="utf-8") as file:
        file.write("z,not a day,,,,,,,,,,,,1\n")
    assert Log(learner.log_folder).unusable == 1
