"""What stands at the end of every report: method, what is not known, disclaimer, references."""

from __future__ import annotations

from hipbook.figures import phrases
from hipbook.figures.trials import trials
from hipbook.figures.weekly_dose import EVIDENCE_AGAINST, EVIDENCE_MIN_PER_WEEK
from hipbook.motion.from_measurement import FINDINGS, TUCK_DEG
from hipbook.progress.change import FALSE_ALARMS, LOOK_WEEKS
from hipbook.progress.measure import METHODS, describe_test
from hipbook.progress.scatter import ASSUMED_MDC_DEG, LEAST_DAYS, LEAST_SEM_DEG
from hipbook.reference import citation, reference
from hipbook.reporting.blocks import Block
from hipbook.strings import text

__all__ = ["closing", "sources"]

PELVIS = "vigotsky2016"
TOOLS = "roach2013"


def closing(tests: list[str]) -> tuple[Block, ...]:
    """Return the last blocks.

    Parameters
    ----------
    tests : list of str
        The tests of which there are readings, as the log names them.
    """
    safety = tuple(text(f"safety.{key}") for key in ("education", "ask_first", "stop", "urgent", "emergency"))
    return (
        Block(text("report.method"), tuple(_method(tests))),
        Block(text("report.unknown"), tuple(_unknown())),
        Block(text("report.disclaimer"), safety),
        Block(text("report.references"), tuple(map(reference, sources()))),
    )


def sources() -> list[str]:
    """Return the keys of the sources that a report names, in the order of their names."""
    keys = {source for _, source in EVIDENCE_MIN_PER_WEEK} | {EVIDENCE_AGAINST, PELVIS, TOOLS}
    keys |= {finding.source_key for finding in FINDINGS} | {trial.source_key for trial in trials()}
    return sorted(keys)


def _method(tests: list[str]) -> list[str]:
    known = [describe_test(test) for test in tests if test in METHODS]
    weeks = phrases.listed([*map(str, LOOK_WEEKS)])
    return [
        text("report.method.minutes"),
        text("report.method.readings", tests=" ".join(known)).strip(),
        text(
            "report.method.error",
            least=LEAST_DAYS,
            floor=f"{LEAST_SEM_DEG:g}",
            assumed=f"{ASSUMED_MDC_DEG:g}",
        ),
        text(
            "report.method.verdict",
            weeks=weeks,
            floor=f"{LEAST_SEM_DEG:g}",
            alarms=f"{100 * FALSE_ALARMS:g}",
        ),
        text("report.method.even"),
        text("report.method.line"),
        text("report.method.model", tuck=f"{TUCK_DEG:g}"),
    ]


def _unknown() -> list[str]:
    (low, low_source), (high, high_source) = EVIDENCE_MIN_PER_WEEK
    dose = {
        "low": low,
        "low_source": citation(low_source),
        "high": high,
        "high_source": citation(high_source),
        "against": citation(EVIDENCE_AGAINST),
    }
    moved = [citation(one.source_key) for one in FINDINGS if one.passive_range_told == "no"]
    return [
        text("report.unknown.examined"),
        text("report.unknown.cause"),
        text("report.unknown.pelvis", source=citation(PELVIS)),
        text("report.unknown.zero"),
        text("report.unknown.error"),
        text("report.unknown.dose", **dose),
        text("report.unknown.walk", sources=phrases.listed(moved)),
        text("report.unknown.groups"),
    ]
