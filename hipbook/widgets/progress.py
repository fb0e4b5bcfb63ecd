"""Progress with its filters: up to three labelled controls, and a picture drawn anew at each change."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from hipbook.figures import views
from hipbook.figures.choice_words import name_of_stretch
from hipbook.figures.display import ShownFigure
from hipbook.figures.phrases import capital
from hipbook.progress.measure import name_of_test
from hipbook.strings import text

__all__ = ["ProgressPanel", "my_progress"]

# ipywidgets gives text the height of a menu, and lets a wide picture widen the page.
FRAME = (
    '<div style="display:grid;grid-template-columns:minmax(0,1fr);line-height:1.5;'
    'font-size:var(--jp-content-font-size1,14px)">{}</div>'
)


class ProgressPanel(widgets.VBox):
    """A picture of the log and its controls. Use :func:`my_progress` to make one.

    Where there is no kernel, or no browser that knows widgets, the still picture stands in its place.
    """

    def __init__(self, source: views.Source, figure: str, chosen: dict[str, Any]):
        view = views.view(figure)
        part = source.part(view.table)
        self._source, self._figure, self._chosen = source, figure, dict(chosen)
        self._still = views.shown(source, figure, **chosen)
        offered = view.options(part)
        self._controls = {name: self._dropdown(name, choices) for name, choices in offered.items()}
        self._picture = widgets.HTML(FRAME.format(self._still.html))
        row = widgets.HBox(list(self._controls.values()), layout=widgets.Layout(flex_flow="row wrap"))
        super().__init__([row, self._picture])
        for control in self._controls.values():
            control.observe(self._redraw, "value")

    @property
    def shown(self) -> ShownFigure:
        """The picture as it is now."""
        return self._still

    @property
    def controls(self) -> dict[str, widgets.Dropdown]:
        """The controls by name: ``dates``, ``stretch``, ``side``, ``test``, ``speed``."""
        return self._controls

    def _dropdown(self, name: str, choices: list[str]) -> widgets.Dropdown:
        value = self._chosen.get(name) or choices[0]
        options = [(_label(name, choice), choice) for choice in choices]
        if value not in choices:  # dates of one's own
            options.insert(0, (text("progress.dates.own"), value))
        return widgets.Dropdown(
            options=options,
            value=value,
            description=text(f"progress.control.{name}"),
            style={"description_width": "initial"},
            layout=widgets.Layout(width="auto", margin="2px 16px 2px 0"),
        )

    def _redraw(self, _: Any) -> None:
        now = self._chosen | {name: control.value for name, control in self._controls.items()}
        self._still = views.shown(self._source, self._figure, **now)
        self._picture.value = FRAME.format(self._still.html)

    def __repr__(self) -> str:
        """Return what the picture says."""
        return self._still.words

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data |= {"text/html": self._still.html, "text/plain": repr(self)}
        return bundle


def _label(name: str, choice: str) -> str:
    match name:
        case "dates":
            # "4 weeks" has the key weeks_4
            key = "_".join(reversed(choice.split()))
            return choice if choice.isdigit() else text(f"progress.dates.{key}")
        case "stretch":
            return text("progress.all_stretches") if choice == "all" else name_of_stretch(choice)
        case "side":
            return text("progress.both_sides") if choice == "both" else capital(text(f"side.{choice}"))
        case "speed":
            return capital(text(f"explorer.pace.{choice}"))
    return capital(name_of_test(choice))


def my_progress(source: views.Source, figure: str, **chosen: Any) -> ProgressPanel:
    """Show one picture of a log, with controls for what it shows.

    Parameters
    ----------
    source : Log
        ``hb.my_log()``, ``hb.my_log(or_sample=True)`` or ``hb.samples()``.
    figure : str
        ``"weekly_dose"``, ``"calendar"``, ``"held"``, ``"extension"``, ``"left_right"``, ``"discomfort"`` or
        ``"what_if"``.
    **chosen
        What is chosen at the beginning: ``dates`` ("all", "4 weeks", "12 weeks", "12 months", a year such as
        "2026", or a first and a last day), ``stretch``, ``side`` ("left", "right"), ``test``, ``speed``; for
        the weekly dose also ``plan_min_per_week``.

    Returns
    -------
    ProgressPanel
        Show it by making it the last line of a cell.

    Raises
    ------
    ChoiceError
        When a name or a choice makes no sense; one line with name, rule and value.
    """
    return ProgressPanel(source, figure, chosen)
