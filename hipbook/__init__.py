"""hipbook: an interactive workbook about hips and backs. `import hipbook as hb` is all a notebook needs.

The names below are loaded when first used, so that importing hipbook costs next to nothing.
"""

try:
    import lazy_loader
except ModuleNotFoundError:  # the command must still be able to say what is missing, and the cure
    __all__: list[str] = []
else:
    __getattr__, __dir__, __all__ = lazy_loader.attach(
        __name__,
        submod_attrs={
            "exercises": ["check_answer"],
            "classroom.shown": [
                "class_beside_norms",
                "class_sheets",
                "pelvic_tilt_class",
                "rater_agreement",
                "what_a_class_finds",
            ],
            "figures.card": ["stretch_card"],
            "figures.display": ["show"],
            "figures.explorables": [
                "ball_and_socket_figure",
                "speed_costs_figure",
                "why_labs_disagree_figure",
            ],
            "figures.gait": ["gait_figure"],
            "figures.thomas": ["thomas_figure"],
            "figures.studies": [
                "peak_hip_extension_by_laboratory",
                "studies_of_compensation",
                "studies_of_stretching",
            ],
            "glossary": ["glossary"],
            "notebook": [
                "calendar",
                "check_installation",
                "my_log",
                "progress_figure",
                "safety",
                "samples",
                "weekly_dose",
                "where_saved",
            ],
            "reporting.writing": ["report"],
            "widgets.explorables": ["ball_and_socket", "speed_costs", "why_labs_disagree"],
            "widgets.explorer": ["gait_explorer"],
            "widgets.measure": ["measure"],
            "widgets.player": ["player"],
            "widgets.progress": ["my_progress"],
            "widgets.self_check": ["check_yourself"],
        },
    )
