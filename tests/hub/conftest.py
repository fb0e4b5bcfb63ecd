"""A hub with ten learners who have all done the lesson, and whatever it takes to have one."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import shutil
from collections.abc import Iterator
from types import ModuleType

import pytest
from class_of_ten import NAMES, Class, all_leave, all_take_part
from learner import Learner
from running_hub import DEPLOY, PROXY, running_hub


@pytest.fixture(scope="session")
def root_of_machine(skip_or_fail) -> None:
    """Ask for the rights to start processes of other users."""
    if os.name != "posix" or os.geteuid() != 0:
        skip_or_fail("root", "a hub starts processes of other users, so run its tests as root")


@pytest.fixture(scope="session")
def parts(root_of_machine, skip_or_fail) -> None:
    """Ask for the packages that a hub is made of."""
    for package in ("jupyterhub", "firstuseauthenticator", "jupyterhub_idle_culler"):
        if importlib.util.find_spec(package) is None:
            skip_or_fail(package, 'pip install -e ".[hub]"')
    if not PROXY.exists() or shutil.which("node") is None:
        skip_or_fail("configurable-http-proxy", "npm ci --prefix deploy/jupyterhub, with Node.js 20 or newer")


@pytest.fixture(scope="session")
def spawner(parts) -> ModuleType:
    """Return the module of deploy/jupyterhub that gives homes."""
    spec = importlib.util.spec_from_file_location("own_user_spawner", DEPLOY / "own_user_spawner.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def lesson(parts, skip_or_fail) -> Iterator[Class]:
    """Ten learners log in side by side, open 03, run it, and hold a stretch each."""
    try:
        with running_hub(NAMES) as hub, asyncio.Runner() as runner:
            learners = [Learner(hub.address, name) for name in NAMES]
            replies = runner.run(all_take_part(learners))
            named = (dict(zip(NAMES, found, strict=True)) for found in (learners, replies))
            yield Class(hub, *named, runner.run)
            runner.run(all_leave(learners))
    except LookupError as lacking:
        skip_or_fail(str(lacking), "use the system's python3, and keep the repository where others may read")
