"""What a cohort hands on: nobody stands out, files say the same as tables, the command says what it did."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
from school import UNTIL

from hipbook import cli
from hipbook.classroom import analyse_command, cohort, cohort_written
from hipbook.classroom.cohort import analyse
from hipbook.classroom.cohort_small import nearest_five
from hipbook.classroom.cohort_sums import Sums
from hipbook.classroom.cohort_tables import adherence, change, groups, small_groups, weekly_dose
from hipbook.classroom.cohort_written import NOT_USED, said_of, write_cohort
from hipbook.figures.cohort import adherence_chart, charts
from hipbook.figures.display import show
from hipbook.progress.records import record_line
from hipbook.progress.tables import HOLDS

COUNTS = ("learners", "active", "more_extension", "less_extension")
SMALL = "quite-small"


@pytest.fixture(scope="module")
def school(tmp_path_factory, load_tool):
    """Return a folder with four groups of seven, one of four and one of one."""
    made = tmp_path_factory.mktemp("cohort") / "school"
    load_tool("make_cohort").write_cohort(made, 28, weeks=14)
    for number in range(4):
        shutil.copytree(made / f"synthetic-a/synthetic-{4 * number:05d}", made / SMALL / f"p{number}")
    shutil.copytree(made / "synthetic-b/synthetic-00001", made / "alone" / "p")
    (made / "synthetic-c/synthetic-00002/holds.csv").write_text("nothing\n")
    return made


@pytest.fixture(scope="module")
def found(school, client):
    return analyse([str(school)], scheduler=client, until=UNTIL, weeks=14)


@pytest.fixture
def here(monkeypatch, client):
    """Let the command use the cluster of these tests instead of one of its own."""
    monkeypatch.setattr(cohort, "_client", lambda scheduler: _lent(client))


class _lent:  # noqa: N801
    def __init__(self, client):
        self.client = client

    def __enter__(self):
        return self.client

    def __exit__(self, *error):
        return None


# --- nobody stands out ------------------------------------------------------


@pytest.mark.parametrize(("learners", "shown"), [(0, 0), (2, 0), (3, 5), (5, 5), (7, 5), (8, 10), (28, 30)])
def test_counts_are_given_to_the_nearest_five(learners, shown):
    assert nearest_five(learners) == shown


def sums_of_four_and_five():
    sums = Sums()
    for group, learners in (("four", 4), ("five", 5)):
        sums.people[group,] = [learners, learners, 2000 * learners]
        sums.weeks[group, 1] = [learners, learners]
        sums.weeks[group, 2] = [learners - 1, 1]
        sums.dose[group, 1, "hip_flexors", "hold", "left"] = [learners, 60_000 * learners]
        sums.weeks[group, 3] = [learners, learners]
        sums.dose[group, 1, "hip_flexors", "hold", "right"] = [learners - 1, 60_000 * learners]
        sums.dose[group, 3, "hip_flexors", "hold", "right"] = [learners, 60_000 * learners]
        sums.dose[group, 1, "hip_mobilization", "cycles", "right"] = [learners - 1, 60_000 * learners]
        sums.looks[group, "thomas_trig", "left", 4] = [learners, 1000 * learners, 10**6 * learners, 1, 0]
        sums.looks[group, "thomas_trig", "right", 4] = [learners - 1, 0, 0, 0, 0]
    return sums


def test_five_learners_are_shown_and_four_are_not():
    sums = sums_of_four_and_five()
    assert small_groups(sums) == ("four",)
    assert groups(sums).values.tolist() == [["five", 5, 2.0]]
    assert adherence(sums)[["group", "week"]].values.tolist() == [["five", 1], ["five", 3]]
    assert change(sums)[["group", "side"]].values.tolist() == [["five", "left"]]
    dose = weekly_dose(sums)
    assert set(dose["group"]) == {"five"}
    assert set(dose["muscle_group"]) == {"hip_flexors"}
    assert dose["held_min"].isna().tolist() == [False, True, True, False]


def test_a_mean_that_is_left_out_is_a_blank_on_the_page_and_in_each_file(found, tmp_path):
    sums = sums_of_four_and_five()
    tables = {made.__name__: made(sums) for made in (groups, adherence, weekly_dose, change)}
    files = write_cohort(replace(found, **tables), tmp_path)
    assert "<td></td>" in (tmp_path / "cohort.html").read_text(encoding="utf-8")
    assert "hold,right,5,\n" in (tmp_path / "weekly_dose.csv").read_text(encoding="utf-8")
    assert all(path.stat().st_size for path in files)


def learner(number, *, towel_from=999, weeks=2):
    """Return the lines of a learner who holds a stretch each week; from some number on, once a towel, too."""
    days = [dt.date(2025, 1, 6) + dt.timedelta(days=7 * week) for week in range(weeks)]
    stretches = [(day, "hip_flexor_standing") for day in days]
    stretches += [(days[0], "hip_mobilization_towel")] * (number >= towel_from)
    return [
        f"{number}-{at},{day}T18:00:00+01:00,{day},s,full,{stretch},left,1,30,30,done,,,1\n"
        for at, (day, stretch) in enumerate(stretches)
    ]


def group_of(folder, logs):
    """Write the holds of a group's learners and return the folder."""
    for number, lines in enumerate(logs):
        path = folder / "7a" / f"K{number}-holds.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record_line(HOLDS.names) + "".join(lines))
    return folder


@pytest.mark.parametrize("few", [1, 4])
def test_what_one_to_four_learners_held_leaves_no_trace(few, client, tmp_path):
    """The row, panel or sentence itself would tell that there is somebody."""
    made = []
    for name, towel_from in (("with", 6 - few), ("without", 999)):
        group = group_of(tmp_path / name, [learner(number, towel_from=towel_from) for number in range(6)])
        result = analyse([str(group)], scheduler=client, until=dt.date(2025, 1, 19), weeks=2)
        write_cohort(result, tmp_path / f"{name}-out")
        made.append({path.name: path.read_bytes() for path in (tmp_path / f"{name}-out").rglob("*.*")})
    assert set(result.weekly_dose["muscle_group"]) == {"hip_flexors"}
    assert made[0] == made[1]


def test_a_share_is_blank_where_the_rounding_of_its_counts_could_mislead():
    worst = {}
    for learners in range(5, 121):
        sums = Sums(people={("g",): [learners, 0, 0]})
        sums.weeks |= {("g", active): [learners, active] for active in range(learners + 1)}
        for row in adherence(sums).itertuples():
            if row.active_share is not pd.NA:
                off = abs(row.active_share - row.week / learners)
                worst[row.learners] = max(worst.get(row.learners, 0), off)
    assert min(worst) == 40  # by the count that is shown, so a blank tells nothing more
    assert worst[40] == max(worst.values()) <= 0.1


def test_a_small_groups_words_and_picture_are_counts_that_say_about(client, tmp_path):
    """Of seven three are active in week 4: the table used to say 1.0, of two it said 0.0."""
    logs = [learner(number, weeks=4 if number < 3 else 2) for number in range(7)]
    result = analyse([str(group_of(tmp_path, logs))], scheduler=client, until=dt.date(2025, 2, 2))
    assert result.adherence["active"].tolist() == [5, 5, 5, 5]
    assert result.adherence["active_share"].isna().all()
    chart = charts(result)["adherence"]
    assert "7a: about 5 of about 5 in week 1, about 5 of about 5 in week 4." in chart.words()
    assert "about 5 means 3 to 7" in chart.words()
    assert "%" not in chart.words()
    assert "[%]" not in show(chart.drawn(), chart.words(), title=chart.title).svg


def test_a_share_that_is_shown_says_about():
    sums = Sums(people={("g",): [82, 82, 0]}, weeks={("g", 1): [82, 82], ("g", 2): [82, 41]})
    words = adherence_chart(adherence(sums)).words()
    assert (
        "g: about 80 of about 80 (about 100%) in week 1, about 40 of about 80 (about 50%) in week 2." in words
    )


def test_what_goes_wrong_leaves_the_folder_empty(found, tmp_path, monkeypatch):
    monkeypatch.setattr(cohort_written, "_page", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_cohort(found, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_no_table_figure_or_word_tells_of_a_small_group(found, tmp_path):
    assert found.small_groups == ("alone", SMALL)
    write_cohort(found, tmp_path)
    files = [
        path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != NOT_USED.parent.name
    ]
    assert len(files) > 10
    for name in (b"alone", SMALL.encode(), b"synthetic-000", str(found.logs).encode() + b" logs"):
        assert [path.name for path in files if name in path.read_bytes()] == []


def test_no_count_is_exact_and_no_row_sums_up_others(found):
    for name, table in found.tables.items():
        assert len(table)
        assert set(table["group"]) == {f"synthetic-{letter}" for letter in "abcd"}, name
        for column in set(COUNTS) & set(table.columns):
            assert set(table[column] % 5) == {0}


def test_a_cohort_in_which_every_group_is_small_shows_nothing_and_says_so(school, client, tmp_path):
    one = analyse([str(school / SMALL)], scheduler=client, until=UNTIL)
    assert [len(table) for table in one.tables.values()] == [0, 0, 0, 0]
    assert "No group has five learners" in said_of(one)[-1]
    assert charts(one) == {}
    assert (tmp_path / "cohort.html") in write_cohort(one, tmp_path)


# --- files and figures ------------------------------------------------------


def test_csv_and_parquet_hold_the_same_tables(found, tmp_path):
    write_cohort(found, tmp_path)
    for name, table in found.tables.items():
        parquet = pd.read_parquet(tmp_path / f"{name}.parquet")
        pd.testing.assert_frame_equal(parquet, table)
        assert "made them up" in str(parquet.attrs)
        csv = pd.read_csv(tmp_path / f"{name}.csv").astype(table.dtypes.to_dict())
        pd.testing.assert_frame_equal(csv, table)


def test_a_group_whose_name_is_a_formula_does_not_run_in_a_spreadsheet(found, tmp_path):
    table = found.groups.assign(group="=1+1")
    write_cohort(replace(found, groups=table), tmp_path)
    assert (tmp_path / "groups.csv").read_text().splitlines()[1].startswith("'=1+1")
    assert "<td>=1+1</td>" in (tmp_path / "cohort.html").read_text()


def test_what_names_single_files_lies_in_a_folder_of_its_own(found, school, tmp_path):
    write_cohort(found, tmp_path)
    listed = pd.read_csv(tmp_path / NOT_USED)
    assert listed["file"].tolist() == [str(school / "synthetic-c/synthetic-00002/holds.csv")]
    assert "missing" in listed["rule"][0]


def test_each_figure_has_its_words_and_says_that_the_logs_are_made_up(found, tmp_path):
    write_cohort(found, tmp_path)
    page = (tmp_path / "cohort.html").read_text()
    assert "A program made them up".lower() in page.lower()
    assert "<script" not in page
    shown = charts(found)
    assert set(shown) == {"adherence", "change", "dose-01", "dose-02", "dose-03", "dose-04"}
    for name, chart in shown.items():
        assert (tmp_path / "figures" / f"{name}.svg").read_text().startswith("<svg")
        assert chart.title in page
        assert "synthetic sample" in (tmp_path / "figures" / f"{name}.svg").read_text()
    said = shown["change"].words()
    row = found.change[(found.change["group"] == "synthetic-a") & (found.change["side"] == "left")].iloc[-1]
    assert f"synthetic-a, left, Thomas test with a tape measure, week {row['week']}: " in said
    assert f"{abs(row['mean_change_deg']):.1f}°" in said
    assert "cannot show what stretching did" in said


# --- the command ------------------------------------------------------------


def test_the_command_says_what_it_found_and_writes_the_files(school, tmp_path, capsys, here):
    out = tmp_path / "out"
    code = cli.main(["class", "analyse", str(school), "--until", "2025-04-13", "--out", str(out)])
    said = capsys.readouterr()
    assert code == 0, said.err
    assert "33 logs were found." in said.out
    assert f"fewer than five learners: alone, {SMALL}." in said.out
    assert "1 files or rows could not be used:" in said.out
    assert "synthetic-00002/holds.csv: file must have the columns of holds.csv" in said.out
    assert "synthetic-a: about 5 learners" in said.out
    assert "keep it to yourself" in said.out
    assert said.err == ""
    assert (out / "weekly_dose.parquet").is_file()


@pytest.mark.parametrize(("without", "said"), [(0, 0), (2, 0), (3, 5), (8, 10)])
def test_who_never_began_is_told_as_a_count_that_shows_nobody(without, said, tmp_path, capsys, here):
    group_of(tmp_path, [learner(number) for number in range(6)] + [[]] * without)
    assert cli.main(["class", "analyse", str(tmp_path), "--until", "2025-01-19"]) == 0
    out = capsys.readouterr().out
    assert f"{6 + without} logs were found. About {said} of them have no hold that can be used.\n" in out
    assert "A log without a hold is in no week." in out


def test_a_log_with_readings_only_or_holds_of_later_days_only_has_no_hold(school, client):
    later = analyse([str(school)], scheduler=client, until=dt.date(2025, 1, 5))
    assert later.without_hold == 35  # all 33


def test_a_terminal_is_shown_how_far_it_is(school, capsys, here, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert cli.main(["class", "analyse", str(school), "--until", "2025-04-13"]) == 0
    assert "33/33" in terminal.getvalue()
    assert "Who still stretches, week by week? How many" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nowhere"], "FOLDER_OR_URL must have logs in it"),
        (["{}", "--out", "{}"], "--out must be a new or empty folder"),
        (["{}", "--weeks", "0"], "weeks"),
        (["{}", "--until", "tomorrow"], "tomorrow"),
    ],
)
def test_a_mistake_is_told_in_one_line(arguments, named, school, capsys, here):
    assert cli.main(["class", "analyse", *(word.format(school) for word in arguments)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert named in line


def test_packages_that_are_not_there_are_named_with_the_cure(school, capsys, monkeypatch):
    monkeypatch.setattr(analyse_command, "find_spec", lambda name: None if name == "distributed" else name)
    assert cli.main(["class", "analyse", str(school)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "missing distributed: run" in line
    assert 'pip install "hipbook[class]"' in line


def test_the_command_runs_on_this_machines_own_processes(school, tmp_path):
    """A whole run as a learner's shell starts it, with a cluster that is encrypted and ends with it."""
    words = [sys.executable, "-m", "hipbook", "class", "analyse", str(school), "--until", "2025-04-13"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "synthetic-d: about 5 learners" in done.stdout
    assert done.stderr == ""


def test_the_commands_start_does_not_load_what_only_a_cohort_needs():
    names = "'dask', 'distributed', 'pandas', 'pyarrow'"
    code = f"import sys, hipbook.commands; print([name for name in ({names}) if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
