"""The browser side: its own tests, its types, and bundles that are what the sources give."""

from __future__ import annotations

import shutil
import subprocess

import pytest


@pytest.fixture(scope="module")
def frontend(root, skip_or_fail):
    folder = root / "frontend"
    if shutil.which("node") is None:
        skip_or_fail("node", "install Node.js 20 or newer")
    if not (folder / "node_modules").is_dir():
        skip_or_fail("frontend/node_modules", "run `npm ci --prefix frontend`")
    return folder


def run(folder, *command):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)


def test_cores_pass_their_own_tests(frontend):
    done = run(frontend, "node", "--test", "--test-reporter=tap")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\n# fail 0" in done.stdout
    assert "\n# pass 0" not in done.stdout


def test_types_hold(frontend):
    done = run(frontend, "node", "node_modules/typescript/bin/tsc", "--noEmit")
    assert done.returncode == 0, done.stdout + done.stderr


def test_committed_bundles_are_what_the_sources_give(frontend):
    done = run(frontend, "node", "build.mjs", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_npm_lock_records_no_addresses(root):
    lock = (root / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
