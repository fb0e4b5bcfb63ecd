"""The gait explorer: hands the browser the reference curves and the settings to begin with."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from hipbook.motion import compensation, gait
from hipbook.strings import starting, text
from hipbook.widgets.gait_words import describe_walk, rounded

__all__ = ["ExplorerError", "GaitExplorer", "gait_explorer"]

STATIC = Path(__file__).parent / "static"
GAITS = ("walking", "running")
LEG_LENGTH_M = (0.5, 1.2)

_RANGES = {
    "speed": (min(gait.WALKING_SPEEDS.values()), max(gait.WALKING_SPEEDS.values())),
    "hip_extension_limit_deg": compensation.LIMIT_DEG,
    "share": (0.0, 1.0),
    "leg_length_m": LEG_LENGTH_M,
}
_CHOICES = {
    "gait": GAITS,
    "stiff_side": compensation.STIFF_SIDES,
    "pelvis": compensation.PELVIS_MODES,
}


class ExplorerError(ValueError):
    """A setting that the gait explorer lacks or cannot take; the message names it, its rule and value."""


class GaitExplorer(anywidget.AnyWidget):
    """A walking figure with its curves, to be moved by hand. Use :func:`gait_explorer` to make one.

    The browser computes and draws; the settings come back to Python when a hand lets go of a control.
    """

    _esm = (STATIC / "explorer.js").read_text(encoding="utf-8")
    _css = (STATIC / "explorer.style.css").read_text(encoding="utf-8")

    gait = traitlets.Unicode("walking", help="walking or running.").tag(sync=True)
    speed = traitlets.Float(help="Walking speed, dimensionless: v / √(g L).").tag(sync=True)
    hip_extension_limit_deg = traitlets.Float(20.0, help="Hip extension that is used [°].").tag(sync=True)
    stiff_side = traitlets.Unicode("both", help="Whose hip is limited: left, right or both.").tag(sync=True)
    share = traitlets.Float(
        compensation.SHARE, help="How much of the shortfall pelvis and low back take up, 0–1."
    ).tag(sync=True)
    pelvis = traitlets.Unicode("held", help="held or when_needed.").tag(sync=True)
    leg_length_m = traitlets.Float(0.9, help="Hip joint to floor [m].").tag(sync=True)

    reference = traitlets.Dict(help="gait.reference_data(), limits of the controls, spread.").tag(sync=True)
    strings = traitlets.Dict(help="Sentences by key.").tag(sync=True)

    @traitlets.validate(*_RANGES)
    def _within(self, proposal: Any) -> float:
        name, value = proposal["trait"].name, proposal["value"]
        least, most = _RANGES[name]
        if not (math.isfinite(value) and least <= value <= most):
            raise ExplorerError(f"{name} must be between {least:g} and {most:g}, got {value:g}")
        return value

    @traitlets.validate(*_CHOICES)
    def _among(self, proposal: Any) -> str:
        name, value = proposal["trait"].name, proposal["value"]
        if value not in _CHOICES[name]:
            raise ExplorerError(f"{name} must be one of {', '.join(_CHOICES[name])}, got {value!r}")
        return value

    @property
    def walk(self) -> compensation.Walk:
        """The walk that the settings give, as numbers."""
        return compensation.walk(
            gait.running_curves() if self.gait == "running" else gait.curves(self.speed),
            hip_extension_limit_deg=self.hip_extension_limit_deg,
            stiff_side=self.stiff_side,
            share=self.share,
            pelvis=self.pelvis,
        )

    @property
    def sentence(self) -> str:
        """What the settings come to, in words, as the panel says it."""
        return describe_walk(self.walk, self.leg_length_m)

    def __repr__(self) -> str:
        """Return what stands in place of the panel where there is no browser."""
        return text("explorer.static", sentence=self.sentence)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        from hipbook.figures.gait import gait_figure

        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        still = gait_figure(**{name: getattr(self, name) for name in (*_RANGES, *_CHOICES)})
        data["text/html"] = still.html
        return bundle


@cache
def _reference() -> dict[str, Any]:
    spans = (("very_slow", "free"), ("free", "fast"), ("fast", "very_fast"), ("free", "very_fast"))
    speeds = gait.WALKING_SPEEDS
    spread = {
        f"{slower}_{faster}": rounded(100 * gait.pelvis_share(speeds[slower], speeds[faster]))
        for slower, faster in spans
    }
    lee = [rounded(100 * share) for share in compensation.LEE_SHARE]
    spread |= {"lee_low": lee[0], "lee_high": lee[1]}
    limits = {name: {"min": least, "max": most} for name, (least, most) in _RANGES.items()}
    return gait.reference_data() | {"limits": limits, "spread": spread}


def gait_explorer(**start: Any) -> GaitExplorer:
    """Make a walking figure whose hip, speed and pelvis can be moved, with its curves and a sentence.

    Parameters
    ----------
    **start
        Settings to begin with: ``gait`` ("walking" or "running"), ``speed`` (dimensionless, 0.172–0.694, or
        "very_slow", "slow", "free", "fast", "very_fast"), ``hip_extension_limit_deg`` [degrees past standing,
        −10…30], ``stiff_side`` ("left", "right" or "both"), ``share`` (0–1), ``pelvis`` ("held" or
        "when_needed"), ``leg_length_m`` [m, 0.5–1.2].

    Returns
    -------
    GaitExplorer
        Show it by making it the last line of a cell. Its settings can be read and set at any time.

    Raises
    ------
    ExplorerError
        When a setting is unknown or outside its range: name, rule and value.

    Examples
    --------
    >>> gait_explorer(hip_extension_limit_deg=0).hip_extension_limit_deg
    0.0
    """
    known = [*_CHOICES, *_RANGES]
    for name in start:
        if name not in known:
            raise ExplorerError(f"setting must be one of {', '.join(known)}, got {name!r}")
    speed = start.get("speed", "free")
    if isinstance(speed, str):
        if speed not in gait.WALKING_SPEEDS:
            raise ExplorerError(
                f"speed must be a number or one of {', '.join(gait.WALKING_SPEEDS)}, got {speed!r}"
            )
        speed = gait.WALKING_SPEEDS[speed]
    return GaitExplorer(reference=_reference(), strings=starting("explorer."), **(start | {"speed": speed}))
