"""Three small explorables: gives the browser numbers and sentences; what is moved stays in the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from hipbook.figures import explorable_words as words
from hipbook.motion import ball_and_socket as socket
from hipbook.motion import gait, zeros
from hipbook.strings import starting, text

if TYPE_CHECKING:
    from hipbook.figures.display import ShownFigure

__all__ = ["LEG_LENGTH_M", "Explorable", "ball_and_socket", "speed_costs", "why_labs_disagree"]

STATIC = Path(__file__).parent / "static"
LEG_LENGTH_M = 0.9  # for metres per second, where nobody says another


class Explorable(anywidget.AnyWidget):
    """A picture to move by hand. Use `why_labs_disagree`, `ball_and_socket` or `speed_costs` to make one.

    Where there is no browser or no kernel, its still picture and its sentence stand in its place.
    """

    _esm = (STATIC / "explorables.js").read_text(encoding="utf-8")
    _css = (STATIC / "explorables.style.css").read_text(encoding="utf-8")

    kind = traitlets.Unicode(help="ball_and_socket, laboratories or speed_costs.").tag(sync=True)
    settings = traitlets.Dict(help="What it begins with, by the names of the controls.").tag(sync=True)
    data = traitlets.Dict(help="Published numbers and their sources.").tag(sync=True)
    strings = traitlets.Dict(help="Sentences by key.").tag(sync=True)

    def __init__(
        self, kind: str, settings: dict[str, Any], data: dict[str, Any], still: Callable[[], ShownFigure]
    ):
        self._still = cache(still)  # drawn when it is first asked for
        super().__init__(kind=kind, settings=settings, data=data, strings=starting("explorable."))

    def __repr__(self) -> str:
        """Return what stands in place of the picture where there is none."""
        title = text(f"explorable.{self.kind}.title")
        return text("explorable.static", title=title, sentence=self._still().words)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data["text/html"] = self._still().html
        return bundle


def why_labs_disagree(
    *,
    speed: float = gait.WALKING_SPEEDS["free"],
    standing_tilt_deg: float = gait.STANDING_TILT_DEG,
    your_zero_deg: float = 5,
) -> Explorable:
    """Show one pose with three zeros of the pelvis: three hip extensions, one thigh.

    Parameters
    ----------
    speed : float
        Dimensionless walking speed, 0.172 to 0.694.
    standing_tilt_deg : float
        Forward tilt of this person's pelvis in quiet standing, by its bony points [°], 0 to 20.
    your_zero_deg : float
        The tilt that your own laboratory calls zero [°], 0 to 20.

    Raises
    ------
    GaitError, ZeroError
        Name the setting, its range and the value.
    """
    from hipbook.figures import explorables as still

    settings = {"speed": speed, "standing_tilt_deg": standing_tilt_deg, "your_zero_deg": your_zero_deg}
    gait.curves(speed)
    zeros.laboratories(0.0, 0.0, standing_tilt_deg=standing_tilt_deg, your_zero_deg=your_zero_deg)
    data = {
        "reference": gait.reference_data(),
        "leg_length_m": LEG_LENGTH_M,
        "words": words.laboratories_words(),
    }
    return Explorable("laboratories", settings, data, lambda: still.why_labs_disagree_figure(**settings))


def ball_and_socket(
    *, hip_extension_deg: float = 0, force_n: float = 178, direction: str = "forward"
) -> Explorable:
    """Show what gets tight when the thigh goes back, and how little a push moves the ball.

    Parameters
    ----------
    hip_extension_deg : float
        −20 to 20; extension positive.
    force_n : float
        Push on the ball [N], 0 to 356.
    direction : {"forward", "down"}
        From back to front, as measured, or downward, a what-if.

    Raises
    ------
    SocketError
        Names the setting, its range and the value.
    """
    from hipbook.figures import explorables as still

    settings = {"hip_extension_deg": hip_extension_deg, "force_n": force_n, "direction": direction}
    socket.check(**settings)
    data = {"measured": socket.measured(), "words": words.socket_words()}
    return Explorable("ball_and_socket", settings, data, lambda: still.ball_and_socket_figure(**settings))


def speed_costs(
    *,
    slower: float = gait.WALKING_SPEEDS["free"],
    faster: float = gait.WALKING_SPEEDS["very_fast"],
    leg_length_cm: float = 100 * LEG_LENGTH_M,
) -> Explorable:
    """Show who gives the thigh's extra degrees when walking gets faster: the hip or the pelvis.

    Parameters
    ----------
    slower, faster : float
        Dimensionless walking speeds, 0.172 to 0.694.
    leg_length_cm : float
        60 to 110 [cm]; only sets the metres per second.

    Raises
    ------
    GaitError
        Names the setting, its range and the value.
    """
    from hipbook.figures import explorables as still

    settings = {"slower": slower, "faster": faster, "leg_length_cm": leg_length_cm}
    for speed in (slower, faster):
        gait.curves(speed)
    gait.speed_m_per_s(1.0, leg_length_cm / 100)
    data = {"reference": gait.reference_data(), "words": words.speed_costs_words()}
    return Explorable("speed_costs", settings, data, lambda: still.speed_costs_figure(**settings))
