"""What the tests of a cohort know of its synthetic school."""

from __future__ import annotations

import datetime as dt

import pandas as pd

WEEKS, LEARNERS = 14, 24
UNTIL = dt.date(2025, 4, 13)  # the Sunday of the 14th week


def log_of(folder, number):
    """Return where one learner's log is."""
    [path] = folder.glob(f"*/synthetic-{number:05d}")
    return path


def same(one, other):
    """Compare all tables of two results."""
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])
    return True
