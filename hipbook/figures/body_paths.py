"""Outlines of a drawn body and of what it lies on, as paths in statures: twin of figure.paths.js."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.path import Path

from hipbook.motion.skeleton import RADIUS

__all__ = ["Point", "arc", "arm", "leg", "slab", "smooth", "taper", "trunk"]

Point = np.ndarray  # x, y in statures


def arc(center: Point, radius: float, first_deg: float, last_deg: float) -> Path:
    """Return an arc round a centre, anticlockwise from one direction to another [°]."""
    arc = Path.arc(first_deg, last_deg)
    return Path(arc.vertices * radius + center, arc.codes)


def taper(p: Point, r: float, q: Point, s: float) -> Path:
    """Return a circle each end, joined by their tangents."""
    gap = np.hypot(*(q - p))
    if gap <= abs(r - s) + 1e-6:
        return arc(*((p, r) if r > s else (q, s)), 0, 360)
    along, opening = np.degrees([np.arctan2(*(q - p)[::-1]), np.arccos((r - s) / gap)])
    start = arc(p, r, along + opening, along - opening + 360)
    end = arc(q, s, along - opening, along + opening)
    codes = np.concatenate([start.codes, [Path.LINETO], end.codes[1:], [Path.CLOSEPOLY]])
    return Path(np.concatenate([start.vertices, end.vertices, start.vertices[:1]]), codes)


def smooth(points: np.ndarray, *, closed: bool = True) -> Path:
    """Return a smooth curve through the points (Catmull–Rom)."""
    if closed:
        before, last, after = np.roll(points, 1, 0), np.roll(points, -1, 0), np.roll(points, -2, 0)
        start = points
    else:
        padded = np.concatenate([points[:1], points, points[-1:]])
        before, start, last, after = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    curves = np.stack([start + (last - before) / 6, last - (after - start) / 6, last], axis=1).reshape(-1, 2)
    codes = [Path.MOVETO, *([Path.CURVE4] * len(curves))]
    return Path(np.concatenate([points[:1], curves]), codes)


def slab(x: float, y: float, wide: float, high: float, r: float) -> Path:
    """Return a rectangle with round corners, by its lower left corner."""
    corners = (
        (x + wide - r, y + r, -90),
        (x + wide - r, y + high - r, 0),
        (x + r, y + high - r, 90),
        (x + r, y + r, 180),
    )
    arcs = [arc(np.array([cx, cy]), r, first, first + 90) for cx, cy, first in corners]
    vertices = np.concatenate([*(arc.vertices for arc in arcs), arcs[0].vertices[:1]])
    codes = [code for arc in arcs for code in (Path.LINETO, *arc.codes[1:])]
    return Path(vertices, [Path.MOVETO, *codes[1:], Path.CLOSEPOLY])


def leg(at: Mapping[str, Point], side: str) -> list[Path]:
    """Return the pieces of a leg, from hip to toe; together they are its outline."""
    hip, knee, ankle, heel, ball, toe = (
        at[f"{side}_{n}"] for n in ("hip", "knee", "ankle", "heel", "ball", "toe")
    )
    down = (ankle - knee) / max(np.hypot(*(ankle - knee)), 1e-9)
    calf = knee + 0.3 * (ankle - knee) + 0.007 * np.array([down[1], -down[0]])
    sole = (ball - heel) / max(np.hypot(*(ball - heel)), 1e-9)
    up = np.array([-sole[1], sole[0]])
    h, b, t = heel + RADIUS["heel"] * up, ball + RADIUS["ball"] * up, toe + RADIUS["toe"] * up
    return [
        taper(hip, RADIUS["hip"], knee, RADIUS["knee"]),
        taper(knee, RADIUS["knee"] - 0.002, calf, RADIUS["calf"]),
        taper(calf, RADIUS["calf"], ankle, RADIUS["ankle"]),
        taper(ankle, RADIUS["ankle"], h, RADIUS["heel"]),
        taper(ankle, RADIUS["ankle"], b, RADIUS["ball"]),
        taper(h, RADIUS["heel"], b, RADIUS["ball"]),
        taper(b, RADIUS["ball"], t, RADIUS["toe"]),
        Path(np.stack([h, b, ankle, h]), [Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]),
    ]


def arm(at: Mapping[str, Point], side: str) -> list[Path]:
    """Return the pieces of an arm, from shoulder to hand."""
    shoulder, elbow, hand = (at[f"{side}_{name}"] for name in ("shoulder", "elbow", "hand"))
    wrist = elbow + 0.76 * (hand - elbow)
    return [
        taper(shoulder, RADIUS["shoulder"], elbow, RADIUS["elbow"]),
        taper(elbow, RADIUS["elbow"], wrist, RADIUS["wrist"]),
        taper(wrist, RADIUS["wrist"], hand, RADIUS["hand"]),
    ]


def trunk(at: Mapping[str, Point], outlines: Mapping[str, np.ndarray]) -> list[Path]:
    """Return the pieces of torso, neck and head."""
    neck, shoulder, head = at["neck"], at["near_shoulder"], at["head"]
    low, high = neck + 0.3 * (shoulder - neck), neck + 0.85 * (head - neck)
    throat = taper(low, RADIUS["neck"] + 0.006, high, RADIUS["neck"])
    # wound like the tapers, so that overlapping pieces of one path join
    return [smooth(outlines["torso"][::-1]), throat, smooth(outlines["head"][::-1])]
