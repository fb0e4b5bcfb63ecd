"""hipbook: an interactive workbook about hips and backs. `import hipbook as hb` is all a notebook needs.

The names below are loaded when first used, so that importing hipbook costs next to nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "check": ["report"],
        "notebook": ["my_log", "samples", "where_saved"],
        "figures.calendar": ["describe_calendar", "figure_calendar", "table_calendar"],
        "figures.card": ["stretch_card"],
        "figures.display": ["show"],
        "figures.weekly_dose": ["describe_weekly_dose", "figure_weekly_dose", "table_weekly_dose"],
        "widgets.player": ["player"],
    },
)
