"""The house style, as far as a machine can judge it."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("judged", [["check"], ["format", "--check"]], ids=["rules", "format"])
def test_python_follows_the_house_style(root, judged):
    command = [sys.executable, "-m", "ruff", *judged, "--no-cache", "."]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
