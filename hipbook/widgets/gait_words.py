"""What a walk comes to, in words: the gait explorer's sentences, as its browser side also says them.

``frontend/src/explorer/words.js`` is the twin of this file; tests hold both to the same words.
"""

from __future__ import annotations

import math

from hipbook.motion import compensation, gait
from hipbook.strings import text

__all__ = ["describe_walk", "pace", "rounded"]


def rounded(value: float, decimals: int = 0) -> str:
    """Return a number in words: half goes up, as in the browser, and minus is a true minus sign.

    Examples
    --------
    >>> rounded(2.5), rounded(-0.4), rounded(-3.2, 1)
    ('3', '0', '−3.2')
    """
    scale = 10**decimals
    units = math.floor(value * scale + 0.5)
    return ("−" if units < 0 else "") + f"{abs(units) / scale:.{decimals}f}"


def pace(speed: float) -> str:
    """Return the name of the measured walking speed that is nearest to a dimensionless speed."""
    return min(gait.WALKING_SPEEDS, key=lambda name: abs(gait.WALKING_SPEEDS[name] - speed))


def describe_walk(of: compensation.Walk, leg_length_m: float) -> str:
    """Say what the hip lacks, what the low back does for it, and what becomes of thigh and step.

    Parameters
    ----------
    of : Walk
        As `hipbook.motion.compensation.walk` gives it; of a stiff left hip the left leg is described, else
        the right one.
    leg_length_m : float
        Hip joint to floor [m]; speed and step are given for it.

    Returns
    -------
    str
        Computed from the model, in whole degrees and centimetres.
    """
    free = compensation.walk(of.curves, hip_extension_limit_deg=None)
    now, usual = compensation.summary(of, leg_length_m), compensation.summary(free, leg_length_m)
    leg = "left" if of.stiff_side == "left" else "right"
    hip, thigh = usual.peak_hip_extension_deg[leg], usual.peak_thigh_behind_torso_deg[leg]
    at = text("explorer.say.running")
    if not of.curves.running:
        speed = of.curves.speed
        at = text(
            "explorer.say.walking",
            pace=text(f"explorer.pace.{pace(speed)}"),
            km_h=rounded(gait.speed_km_per_h(speed, leg_length_m), 1),
        )
    limit = of.hip_extension_limit_deg
    if limit is None or math.floor(hip + 0.5) <= math.floor(limit + 0.5):
        said = [text("explorer.say.free", at=at, hip=rounded(hip), thigh=rounded(thigh))]
        if not of.curves.running:
            said.append(text("explorer.say.steps", cm=rounded(usual.step_length_cm)))
        return " ".join(said)
    said = [
        _hips(of, {"at": at, "limit": rounded(abs(limit)), "usual": rounded(hip)}),
        _back(now),
        _thigh(rounded(now.peak_thigh_behind_torso_deg[leg]), rounded(thigh)),
    ]
    if not of.curves.running:
        percent = rounded(now.step_length_percent)
        said.append(_step(rounded(now.step_length_cm), rounded(usual.step_length_cm), percent))
    return " ".join(said)


def _thigh(now: str, usual: str) -> str:
    key = "explorer.say.thigh.same" if now == usual else "explorer.say.thigh"
    return text(key, thigh=now, usual=usual)


def _step(now: str, usual: str, percent: str) -> str:
    key = "explorer.say.step.same" if now == usual else "explorer.say.step"
    return text(key, cm=now, usual=usual, percent=percent)


def _hips(of: compensation.Walk, values: dict[str, str]) -> str:
    limit = math.floor(of.hip_extension_limit_deg + 0.5)
    if limit == 0:
        return text(f"explorer.say.straight.{of.stiff_side}", **values)
    if limit > 0:
        return text(f"explorer.say.limited.{of.stiff_side}", **values)
    return text(f"explorer.say.bent.{of.stiff_side}", **values)


def _back(now: compensation.Summary) -> str:
    extra = rounded(now.extra_lumbar_extension_deg)
    if extra == "0":
        return text("explorer.say.back.same")
    return text("explorer.say.back.more", extra=extra, percent=rounded(100 * now.share_of_stride_beyond))
