"""The calendar: a square for each local day, the minutes as shade and number, and the words for it."""

import datetime as dt
import re

import pytest
from made_holds import FLEXOR, every_day, made_holds
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from hipbook.figures import calendar, phrases, style
from hipbook.figures.display import themed_svg
from hipbook.figures.shapes import Labels
from hipbook.progress.choice import Choice

CASES = {
    "empty": [],
    "one row": [("2026-03-04", FLEXOR, "left", 35)],
    "six months": every_day("2026-03-02", 182),
    "ten years": every_day("2016-03-02", 3650),
    "a month's gap": every_day("2026-01-12", 20) + every_day("2026-03-14", 20),
    "only skipped": [("2026-03-04", FLEXOR, "left", 0)],
}


def draw(rows, **options):
    return calendar.figure_calendar(made_holds(rows), **options)


def say(rows, **options):
    return calendar.describe_calendar(made_holds(rows), **options)


def squares(figure, color):
    """Return (strip, column, row) of the squares of one colour."""
    return {
        (strip, int(x), int(y))
        for strip, axes in enumerate(figure.axes)
        for dots in axes.collections
        if to_hex(dots.get_facecolor()[0]) == color
        for x, y in dots.get_offsets()
    }


def numbers(figure):
    return {
        (strip, round(x), round(y)): word
        for strip, axes in enumerate(figure.axes)
        for labels in axes.get_children()
        if isinstance(labels, Labels)
        for (x, y), word in zip(labels.points, labels.words, strict=True)
    }


@pytest.mark.parametrize("rows", CASES.values(), ids=CASES.keys())
def test_every_log_gives_a_picture_and_sentences(rows):
    figure, words = draw(rows, until=dt.date(2026, 5, 1)), say(rows, until=dt.date(2026, 5, 1))
    assert figure.get_size_inches()[1] * style.DPI < 700
    assert words.endswith(".")
    assert "nan" not in words
    assert "{" not in words


def test_a_day_stands_in_its_week_and_on_its_weekday_with_its_minutes():
    rows = [("2026-03-04", FLEXOR, "left", 240), ("2026-03-15", FLEXOR, "right", 170)]
    assert numbers(draw(rows)) == {(0, 0, 2): "4", (0, 1, 6): "3"}


def test_the_numbers_stand_upon_their_squares_and_not_below_them():
    figure = draw([("2026-03-04", FLEXOR, "left", 240), ("2026-03-15", FLEXOR, "right", 420)])
    svg = themed_svg(figure)
    numbers_at = [svg.index(f">{word}</text>") for word in ("4", "7")]
    assert min(numbers_at) > svg.rindex("<use")
    pixels = FigureCanvasAgg(figure)
    pixels.draw()
    with_numbers = bytes(pixels.buffer_rgba())
    for labels in figure.axes[0].get_children():
        if isinstance(labels, Labels):
            labels.set_visible(False)
    pixels.draw()
    assert bytes(pixels.buffer_rgba()) != with_numbers


def test_rest_days_are_neutral_squares_and_days_outside_are_not_squares():
    figure = draw([("2026-03-04", FLEXOR, "left", 240), ("2026-03-07", FLEXOR, "left", 240)])
    assert squares(figure, style.REST) == {(0, 0, 3), (0, 0, 4)}
    assert (0, 0, 1) in squares(figure, style.MUTED)


def test_more_minutes_are_a_darker_shade_and_never_less():
    rows = [(f"2026-03-{day:02d}", FLEXOR, "left", 60 * day) for day in range(1, 32)]
    figure, shown = draw(rows), {}
    for step, color in enumerate(style.DOSE):
        for place in squares(figure, color):
            shown[int(numbers(figure)[place])] = step
    assert [shown[day] for day in range(1, 32)] == sorted(shown.values())
    assert set(shown.values()) == {0, 1, 2, 3}


def test_a_shade_agrees_with_the_number_written_on_it():
    rows = [("2026-03-02", FLEXOR, "left", 126), ("2026-03-03", FLEXOR, "left", 120)]
    rows += [("2026-03-04", FLEXOR, "left", 12), ("2026-03-05", FLEXOR, "left", 420)]
    figure = draw(rows)
    places = {
        word: {place[:3] for place, said in numbers(figure).items() if said == word} for word in ("2", "<1")
    }
    shades = [squares(figure, color) for color in style.DOSE]
    assert any(places["2"] <= shade for shade in shades)
    assert len(places["2"]) == 2
    assert places["<1"] <= shades[0]


def test_the_legend_says_what_each_shade_means():
    figure = draw([(f"2026-03-{day:02d}", FLEXOR, "left", 60 * day) for day in range(1, 32)])
    words = [word.get_text() for word in figure.texts]
    steps = [int(found[1]) for word in words if (found := re.search(r"(?:to|than) (\d+)", word))]
    assert steps == [5, 10, 15, 15]
    assert {"7", "31"} <= set(numbers(figure).values())


def test_less_than_a_minute_is_not_rounded_to_one_or_none():
    assert list(numbers(draw(CASES["one row"])).values()) == ["<1"]


def test_a_long_log_shows_its_last_twelve_months_and_says_so():
    rows = every_day("2016-03-02", 3650)
    figure = draw(rows)
    assert len(figure.axes) == 2
    assert len(numbers(figure)) == 365
    assert say(rows).startswith("Your log goes back to 2 March 2016; the picture shows its last 12 months.")
    assert len(calendar.table_calendar(made_holds(rows))) == 365


def test_a_year_of_rest_is_said():
    assert "all of those days were rest days" in say(CASES["one row"], until=dt.date(2028, 1, 1))


def test_months_are_named_and_january_with_its_year():
    words = [word.get_text() for word in draw(every_day("2026-11-02", 120)).texts]
    at = words.index("Nov")
    assert words[at : at + 4] == ["Nov", "Dec", "Jan 2027", "Feb"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([dt.date(2026, 2, 23), dt.date(2026, 3, 2), dt.date(2026, 3, 9)], {1: "Mar"}),
        ([dt.date(2026, 2, 16), dt.date(2026, 2, 23), dt.date(2026, 3, 2)], {0: "Feb", 2: "Mar"}),
        ([], {}),
    ],
)
def test_month_names_never_overlap(days, expected):
    assert phrases.month_marks(days, 2) == expected


def test_the_words_count_days_minutes_and_weekdays():
    rows = [(dt.date(2026, 3, 2) + dt.timedelta(days=7 * week), FLEXOR, "left", 120) for week in range(10)]
    words = say([*rows, ("2026-03-04", FLEXOR, "left", 60)])
    assert words.startswith(
        "From 2 March to 4 May 2026 you held a stretch on 11 of 64 days, 21 minutes in all."
    )
    assert "On a typical day with stretching (the median) you held 2 minutes." in words
    assert "Most often it was a Monday (10 days)" in words


def test_a_single_day_is_said_as_one():
    words = say(CASES["one row"])
    assert words.startswith("On 4 March 2026 you held 35 seconds.")


def test_a_few_days_are_no_weekly_pattern():
    assert "too early for a weekly pattern" in say(every_day("2026-03-02", 9))
    assert "Most often" not in say(every_day("2026-03-02", 9))


def test_the_longest_rest_between_two_days_is_named():
    assert "The longest rest was 41 days (1 February to 13 March 2026)." in say(CASES["a month's gap"])
    assert "longest rest" not in say(every_day("2026-03-02", 30))


def test_a_rest_that_goes_on_counts_as_far_as_it_has_come():
    rows = every_day("2026-03-02", 10) + every_day("2026-03-18", 10)
    assert "The longest rest was 6 days (12 to 17 March 2026)." in say(rows, until=dt.date(2026, 4, 1))
    goes_on = "The longest rest goes on: 13 days so far (28 March to 9 April 2026)."
    assert goes_on in say(rows, until=dt.date(2026, 4, 10))
    part = say(rows, until=dt.date(2026, 4, 10), choice=Choice(last=dt.date(2026, 4, 5)))
    assert "The longest rest was 6 days (12 to 17 March 2026)." in part


def test_rests_of_one_length_are_all_counted_and_none_is_picked():
    rows = every_day("2026-03-02", 10) + every_day("2026-03-18", 3) + every_day("2026-03-27", 10)
    words = say(rows, until=dt.date(2026, 4, 8))
    assert "The longest rest was 6 days, and it came 2 times." in words
    assert "goes on" not in words
    longer = say(rows, until=dt.date(2026, 4, 12))
    assert "The longest rest was 6 days, and it came 3 times; the last one goes on." in longer


@pytest.mark.parametrize(
    ("weeks_by_weekday", "said"),
    [
        ((9, 9, 0, 9, 9, 3, 3), "Most often it was Monday, Tuesday, Thursday and Friday (9 days each), "
         "least often a Wednesday (0)."),
        ((6, 4, 4, 4, 5, 5, 5), "Most often it was a Monday (6 days), "
         "least often Tuesday, Wednesday and Thursday (4 each)."),
        ((0, 42, 0, 0, 0, 0, 0), "It was a Tuesday every time."),
        ((5, 5, 5, 5, 5, 5, 5), "The days of the week were all used equally often."),
    ],
)  # fmt: skip
def test_days_of_the_week_that_tie_are_all_named(weeks_by_weekday, said):
    monday = dt.date(2026, 3, 2)
    rows = [
        (monday + dt.timedelta(days=7 * week + weekday), FLEXOR, "left", 60)
        for weekday, weeks in enumerate(weeks_by_weekday)
        for week in range(weeks)
    ]
    assert said in say(rows)


def test_the_table_has_the_days_with_minutes():
    rows = [
        ("2026-03-04", FLEXOR, "left", 90),
        ("2026-03-08", FLEXOR, "right", 60),
        ("2026-03-09", FLEXOR, "left", 0),
    ]
    table = calendar.table_calendar(made_holds(rows))
    assert table.to_numpy().tolist() == [[dt.date(2026, 3, 4), 1.5, 1.5, 0], [dt.date(2026, 3, 8), 1, 0, 1]]
    assert calendar.table_calendar(made_holds([])).empty
