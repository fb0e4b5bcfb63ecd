"""The verdicts in words: what moved or differs, how much it would take, and what a verdict does not say."""

from __future__ import annotations

from hipbook.figures.phrases import capital, counted, day, listed
from hipbook.progress.change import BASELINE_DAYS, LEAST_RECENT_DAYS, LOOK_WEEKS, Change, Look
from hipbook.progress.evenness import Evenness
from hipbook.progress.measure import name_of_test
from hipbook.progress.scatter import ASSUMED_MDC_DEG, LEAST_DAYS
from hipbook.strings import text

__all__ = ["change_parts", "describe_change", "describe_evenness", "signed"]


def describe_change(made: Change) -> str:
    """Return the verdict in a few sentences, with the numbers it rests on.

    Parameters
    ----------
    made : Change
        As `hipbook.progress.change.change` gives it.
    """
    who, own, after = change_parts(made)
    return " ".join([who, *own, *after])


def change_parts(made: Change) -> tuple[str, list[str], list[str]]:
    """Return whose verdict it is, what it says of this side, and what of the looks; see `describe_change`."""
    who = capital(text("change.who", side=text(f"side.{made.side}"), test=name_of_test(made.test)))
    match made.verdict:
        case "more":
            up = made.look.change_deg > 0
            own = [
                _moved(made.look),
                text("change.more.up" if up else "change.more.down", **_limits(made)),
                text("change.meaning"),
            ]
        case "not_more":
            own = [_moved(made.look), text("change.not_more", **_limits(made))]
        case "few_baseline":
            own = [_error_unknown(made)]
        case "few_recent":
            own = [text("change.few_recent", least=LEAST_RECENT_DAYS, week=made.look.week)]
        case "waiting":
            own = [_early(made)]
        case _:
            return who, [text("change.no_readings")], []
    after = [text("change.looks", weeks=listed([*map(str, LOOK_WEEKS)]))]
    if made.verdict != "few_baseline":
        after.append(_next(made))
    return who, own, after


def describe_evenness(made: Evenness) -> str:
    """Return in a few sentences whether left and right differ by more than measurement error.

    Parameters
    ----------
    made : Evenness
        As `hipbook.progress.evenness.evenness` gives it.
    """
    match made.verdict:
        case "one_side":
            return text("evenness.one_side")
        case "waiting":
            return text("evenness.waiting")
        case "unknown":
            return text("evenness.unknown", least=LEAST_RECENT_DAYS)
    means = {"left": signed(made.left_deg), "right": signed(made.right_deg)}
    threshold = f"{made.threshold_deg:.1f}°"
    if made.verdict == "larger":
        said = text(
            "evenness.larger",
            difference=f"{abs(_as_shown(made.right_deg) - _as_shown(made.left_deg)):.1f}°",
            threshold=threshold,
        )
    else:
        said = text("evenness.no_larger", threshold=threshold)
    return f"{text('evenness.means', week=made.week, **means)} {said}"


def signed(value_deg: float) -> str:
    """Return ``+3.4°`` or ``−3.4°``, with a real minus sign."""
    rounded = round(value_deg, 1) + 0.0
    return f"{rounded:+.1f}°".replace("-", "−") if rounded else "0.0°"


def _as_shown(value_deg: float) -> float:
    """Return what `signed` shows, so that a difference in a sentence is that of the numbers beside it."""
    return round(value_deg, 1)


def _moved(look: Look) -> str:
    return text(
        "change.moved",
        before=signed(look.baseline_deg),
        before_days=counted("change.days", look.baseline_days),
        now=signed(look.recent_deg),
        now_days=counted("change.days", look.recent_days),
        week=look.week,
        change=signed(_as_shown(look.recent_deg) - _as_shown(look.baseline_deg)),
    )


def _limits(made: Change) -> dict[str, str]:
    return {"threshold": f"{made.look.threshold_deg:.1f}°"}


def _error_unknown(made: Change) -> str:
    said = text(
        "change.few_baseline",
        days=counted("change.days", made.baseline_days),
        least=LEAST_DAYS,
        assumed=f"{ASSUMED_MDC_DEG:g}°",
    )
    if made.look is None or made.look.change_deg is None:
        return said
    inside = abs(made.look.change_deg) <= ASSUMED_MDC_DEG
    band = text("change.inside_assumed" if inside else "change.outside_assumed")
    return f"{said} {_moved(made.look)} {band}"


def _early(made: Change) -> str:
    if made.baseline_days >= LEAST_DAYS:
        return text("change.early", days=counted("change.days", made.baseline_days))
    return text(
        "change.early_few",
        days=counted("change.days", made.baseline_days),
        least=LEAST_DAYS,
        weeks=BASELINE_DAYS[1] // 7,
    )


def _next(made: Change) -> str:
    coming = made.next_look
    if coming is None:
        return text("change.last_look")
    return text("change.next_look", day=day(coming.day), week=coming.week)
