"""Hip extension over time in words: the verdicts, what is drawn, what is missing, and what trials found."""

from __future__ import annotations

import datetime as dt

from hipbook.figures import phrases
from hipbook.figures.change_words import change_parts
from hipbook.figures.choice_words import of_part, say_choice, say_empty
from hipbook.figures.extension_shown import ExtensionShown
from hipbook.figures.trials import say_trials
from hipbook.progress.choice import Choice
from hipbook.progress.measure import name_of_test
from hipbook.progress.scatter import LEAST_DAYS
from hipbook.progress.trend import TREND_DAYS
from hipbook.strings import text

__all__ = ["per_week", "say_extension"]


def say_extension(shown: ExtensionShown | None, choice: Choice) -> str:
    """Say the verdicts, what is drawn, and what trials found; a paragraph each."""
    if shown is None:
        return f"{say_empty(text('figure.extension.empty'), choice)}\n{say_trials()}"
    said = [say_choice(choice), _say_verdicts(shown)]
    if choice.is_narrow:
        said.insert(1, text("figure.extension.verdict_of_all"))
    readings = [
        _say_readings(shown),
        _say_missing(shown),
        _say_error(shown),
        *_say_lines(shown),
        _say_others(shown),
    ]
    return "\n".join(" ".join(filter(None, part)) for part in (said, readings, [say_trials()]))


def _say_verdicts(shown: ExtensionShown) -> str:
    """Say each side's verdict; when the looks are, which both sides share, is said once and last."""
    said, tails, before = [], [], None
    for side, one in shown.sides.items():
        who, own, after = change_parts(one.change)
        same = text("figure.extension.same", side=text(f"side.{side}"))
        said += [same] if own == before else [who, *own]
        tails += [part for part in after if part not in tails]
        before = own
    return " ".join(said + tails)


def _say_readings(shown: ExtensionShown) -> str:
    clauses = [
        text(
            "figure.extension.readings",
            n=f"{len(one.values_deg):,}",
            side=text(f"side.{side}"),
            days=phrases.counted("change.days", len(set(one.days.tolist()))),
        )
        for side, one in shown.sides.items()
    ]
    days = [
        dt.date.fromordinal(int(day)) for one in shown.sides.values() for day in (one.days[0], one.days[-1])
    ]
    span = phrases.span(min(days), max(days))
    return text("figure.extension.there", clauses=phrases.listed(clauses), span=span)


def _say_missing(shown: ExtensionShown) -> str:
    gone = [side for side in shown.choice.sides if side not in shown.sides]
    return of_part(f"figure.extension.no_{gone[0]}", shown.is_part) if gone else ""


def _say_error(shown: ExtensionShown) -> str:
    clauses = []
    for side, one in shown.sides.items():
        key = "assumed" if one.scatter.assumed else "own"
        values = {"side": text(f"side.{side}"), "deg": f"{one.scatter.mdc_deg:.1f}", "days": one.scatter.days}
        clauses.append(text(f"figure.extension.band.{key}", least=LEAST_DAYS, **values))
    band = text("figure.extension.band", clauses="; ".join(clauses))
    own = any(not one.scatter.assumed for one in shown.sides.values())
    return f"{band} {text('figure.extension.band.days')}" if own else band


def _say_lines(shown: ExtensionShown) -> list[str]:
    lines = {side: one for side, one in shown.sides.items() if one.trend is not None}
    if not lines:
        return [text("figure.extension.no_line", least=TREND_DAYS)]
    clauses = [
        text(
            "figure.extension.line_of",
            side=text(f"side.{side}"),
            deg=per_week(one.trend.deg_per_week),
            low=per_week(one.trend.low_deg_per_week),
            high=per_week(one.trend.high_deg_per_week),
        )
        for side, one in lines.items()
    ]
    said = [text("figure.extension.line", clauses="; ".join(clauses))]
    return said + ([text("figure.extension.weekly")] if any(one.weekly for one in lines.values()) else [])


def _say_others(shown: ExtensionShown) -> str:
    if not shown.others:
        return ""
    names = phrases.listed([name_of_test(test) for test in shown.others])
    return text("figure.extension.others", tests=names)


def per_week(deg: float) -> str:
    """Return ``+0.12°`` or ``−0.12°``, with a real minus sign."""
    return f"{deg:+.2f}°".replace("-", "−") if abs(deg) >= 0.005 else "0.00°"
