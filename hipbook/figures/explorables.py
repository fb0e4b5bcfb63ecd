"""The still twins of the explorables, in one call each: for print, slides, and where there is no kernel."""

from __future__ import annotations

from hipbook.figures import ball_and_socket, display, laboratories, speed_costs
from hipbook.motion import gait
from hipbook.strings import text

__all__ = ["ball_and_socket_figure", "speed_costs_figure", "why_labs_disagree_figure"]


def why_labs_disagree_figure(
    *,
    speed: float = gait.WALKING_SPEEDS["free"],
    standing_tilt_deg: float = gait.STANDING_TILT_DEG,
    your_zero_deg: float = 5,
) -> display.ShownFigure:
    """Show one pose with three zeros of the pelvis, with words and table.

    Parameters
    ----------
    speed, standing_tilt_deg, your_zero_deg
        As for `hipbook.widgets.explorables.why_labs_disagree`.
    """
    settings = {"speed": speed, "standing_tilt_deg": standing_tilt_deg, "your_zero_deg": your_zero_deg}
    return display.show(
        laboratories.figure_laboratories(**settings),
        laboratories.describe_laboratories(**settings),
        title=text("explorable.laboratories.title"),
        table=laboratories.table_laboratories(**settings),
    )


def ball_and_socket_figure(
    *, hip_extension_deg: float = 0, force_n: float = 178, direction: str = "forward"
) -> display.ShownFigure:
    """Show the hip joint to scale and the measured glide, with words and table.

    Parameters
    ----------
    hip_extension_deg, force_n, direction
        As for `hipbook.widgets.explorables.ball_and_socket`.
    """
    settings = {"hip_extension_deg": hip_extension_deg, "force_n": force_n, "direction": direction}
    return display.show(
        ball_and_socket.figure_ball_and_socket(**settings),
        ball_and_socket.describe_ball_and_socket(**settings),
        title=text("explorable.ball_and_socket.title"),
        table=ball_and_socket.table_ball_and_socket(),
    )


def speed_costs_figure(
    *,
    slower: float = gait.WALKING_SPEEDS["free"],
    faster: float = gait.WALKING_SPEEDS["very_fast"],
    leg_length_cm: float = 90,
) -> display.ShownFigure:
    """Show who gives the extra degrees of a faster walk, with words and table.

    Parameters
    ----------
    slower, faster, leg_length_cm
        As for `hipbook.widgets.explorables.speed_costs`.
    """
    settings = {"slower": slower, "faster": faster, "leg_length_cm": leg_length_cm}
    return display.show(
        speed_costs.figure_speed_costs(**settings),
        speed_costs.describe_speed_costs(**settings),
        title=text("explorable.speed_costs.title"),
        table=speed_costs.table_speed_costs(leg_length_cm=leg_length_cm),
    )
