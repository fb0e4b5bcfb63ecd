"""Many shapes at once: bars as one path, numbers as one artist; a year of them is drawn in milliseconds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist, allow_rasterization
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text

__all__ = ["Labels", "bars", "boxes_of", "dots", "points_of"]

_BOX = np.array([Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY], dtype=Path.code_type)


def bars(
    axes: Axes,
    left: np.ndarray,
    right: np.ndarray,
    top: np.ndarray,
    bottom: np.ndarray | float = 0.0,
    **look: object,
) -> PathPatch:
    """Draw boxes given by their edges [data units], shape (n,) each, all with one look.

    Returns
    -------
    PathPatch
        One patch; :func:`boxes_of` tells its boxes.
    """
    left, right, top, bottom = np.broadcast_arrays(left, right, top, bottom)
    corners = [(left, bottom), (left, top), (right, top), (right, bottom), (left, bottom)]
    vertices = np.array(corners, dtype=float).transpose(2, 0, 1).reshape(-1, 2)
    patch = PathPatch(Path(vertices, np.tile(_BOX, len(left))), linewidth=0)
    patch.set(**look)
    axes.add_artist(patch)
    return patch


def boxes_of(patch: PathPatch) -> np.ndarray:
    """Return the boxes of :func:`bars`, shape (n, 4): left, bottom, right, top [data units]."""
    corners = patch.get_path().vertices.reshape(-1, 5, 2)
    return np.concatenate([corners[:, 0], corners[:, 2]], axis=1)


def dots(
    axes: Axes,
    x: np.ndarray,
    y: np.ndarray,
    px: float,
    *,
    corners: int,
    turn_deg: float = 0.0,
    **look: object,
) -> PathPatch:
    """Draw a regular polygon at each point, all as one path: thousands of readings stay one artist.

    Parameters
    ----------
    axes : Axes
        Its limits must be set before.
    x, y : array, shape (n,)
        Middles [data units].
    px : float
        Distance from the middle to a corner [CSS px].
    corners : int
        4 with ``turn_deg=45`` is a square, 4 a diamond, 12 as good as a circle.
    turn_deg : float
        How far it is turned.
    **look
        Of the patch.
    """
    pixels = px * axes.figure.dpi / 96
    angles = np.radians(turn_deg) + 2 * np.pi * np.arange(corners) / corners
    ring = pixels * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    middles = axes.transData.transform(np.stack([x, y], axis=1).astype(float))
    around = middles[:, None, :] + np.concatenate([ring, ring[:1]])[None]
    vertices = axes.transData.inverted().transform(around.reshape(-1, 2))
    codes = [Path.MOVETO, *[Path.LINETO] * (corners - 1), Path.CLOSEPOLY]
    patch = PathPatch(Path(vertices, np.tile(np.array(codes, dtype=Path.code_type), len(x))), clip_on=False)
    patch.set(**look)
    axes.add_artist(patch)
    patch.set_clip_on(False)
    return patch


def points_of(patch: PathPatch) -> np.ndarray:
    """Return the middles of :func:`dots`, shape (n, 2) [data units]."""
    path = patch.get_path()
    each = int(np.argmax(path.codes == Path.CLOSEPOLY)) + 1
    return path.vertices.reshape(-1, each, 2)[:, :-1].mean(axis=1)


class Labels(Artist):
    """Short texts in one size, each centred on its point with its baseline there.

    A figure with hundreds of numbers spends most of its time in laying out single texts; these are laid out
    once. Backends that keep text as text (SVG) get them one by one.

    Parameters
    ----------
    axes : Axes
        Where they stand.
    points : array, shape (n, 2)
        Middle of the baseline [data units].
    words : sequence of str
        One for each point.
    **look
        Of the text: ``color``, ``size`` …
    """

    def __init__(self, axes: Axes, points: np.ndarray, words: Sequence[str], **look: object):
        super().__init__()
        self.points, self.words = np.asarray(points, dtype=float).reshape(-1, 2), list(words)
        self._text = Text(ha="center", va="baseline", parse_math=False, **look)
        self.set_zorder(Text.zorder)
        axes.add_artist(self)
        self._text.set_figure(axes.figure)
        self.set_clip_on(False)

    @property
    def color(self) -> str:
        """The colour of all of them."""
        return self._text.get_color()

    @allow_rasterization
    def draw(self, renderer: RendererBase) -> None:
        """Draw them; matplotlib calls this."""
        if not self.get_visible() or not self.words:
            return
        text, placed = self._text, self.axes.transData.transform(self.points)
        if not hasattr(renderer, "writer"):  # that of SVG alone writes text as text
            for (x, y), words in zip(placed, self.words, strict=True):
                text.set(position=(x, y), text=words)
                text.draw(renderer)
            return
        high = renderer.height
        graphics = renderer.new_gc()
        graphics.set_foreground(text.get_color())
        properties = text.get_fontproperties()
        for (x, y), words in zip(placed, self.words, strict=True):
            text.set_position((x, y))
            renderer.draw_text(graphics, x, high - y, words, properties, 0, mtext=text)
        graphics.restore()
