"""Rows as the player would hand them to the log."""

from __future__ import annotations


def hold(id: str, **other: object) -> dict[str, object]:
    return {
        "id": id,
        "started_at": "2026-03-29T07:15:00+02:00",
        "local_date": "2026-03-29",
        "session_id": "s1",
        "routine": "full",
        "stretch": "hip_flexor_half_kneeling",
        "side": "left",
        "repetition": 1,
        "planned_s": 30,
        "held_s": 30.0,
        "outcome": "done",
    } | other


def session(id: str, **other: object) -> dict[str, object]:
    return {
        "id": id,
        "session_id": "s1",
        "ended_at": "2026-03-29T07:25:00+02:00",
        "local_date": "2026-03-29",
    } | other


def three_holds() -> list[dict[str, object]]:
    return [
        hold("a"),
        hold("b", started_at="2026-04-25T07:15:00.250+02:00", local_date="2026-04-25", held_s=22.5),
        hold("c", side="right", outcome="stopped", reason="knee"),
    ]
