"""What hipbook needs to run, and whether this machine has it: each finding with the command that cures it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING

from hipbook import shipped
from hipbook.strings import text
from hipbook.workspace import Workspace

if TYPE_CHECKING:
    from packaging.requirements import Requirement

__all__ = ["Finding", "diagnose", "missing_packages", "requirements", "tested_versions"]

NEEDED_SPACE_MB = 200
"""Free disk space [MB] below which a finding fails: JupyterLab's own files and years of a log fit in it."""

_LABEXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")
_BUNDLE = "player.js"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    name : str
        Of the thing, in words for the learner.
    ok : bool
        Whether hipbook can work with it.
    found : str
        What is there, as a sentence or a version.
    cure : str or None
        A command for a terminal that puts it right; None when ``ok``.
    """

    name: str
    ok: bool
    found: str
    cure: str | None = None


def diagnose(workspace: Workspace | None = None, *, start_kernel: bool = False) -> list[Finding]:
    """Look at everything that hipbook needs.

    Parameters
    ----------
    workspace : Workspace, optional
        Whose folder and log to look at, too.
    start_kernel : bool
        Start a kernel and let it import hipbook; takes a few seconds.

    Returns
    -------
    list of Finding
        In the order in which they are best cured.
    """
    findings = [_python(), _environment(), *_packages()]
    if all(finding.ok for finding in findings):
        findings += [_kernel(start_kernel), _widgets()]
    return [*findings, _bundle(), *_places(workspace)]


def requirements() -> list[Requirement]:
    """Return the packages that hipbook needs here, by its metadata or a bare checkout's project file."""
    from packaging.requirements import Requirement

    try:
        lines = metadata.requires("hipbook") or []
    except metadata.PackageNotFoundError:
        lines = shipped.project()["dependencies"]
    found = [Requirement(line) for line in lines]
    return [r for r in found if r.marker is None or r.marker.evaluate({"extra": ""})]


def tested_versions() -> dict[str, str]:
    """Return the version that hipbook was tested with, by package."""
    pairs = (line.split("==") for line in shipped.constraints().splitlines() if "==" in line)
    return {_normal(name): version.strip() for name, version in pairs}


def missing_packages() -> list[Finding]:
    """Return a finding for each needed package that is not installed; quick."""
    return [finding for finding in _packages() if not finding.ok]


def _python() -> Finding:
    found = text("check.python_found", version=sys.version.split()[0], path=sys.executable)
    ok = sys.version_info >= (3, 11)
    return Finding(text("check.python"), ok, found, None if ok else "python3.11 -m venv .venv")


def _environment() -> Finding:
    inside = sys.prefix != sys.base_prefix or (Path(sys.prefix) / "conda-meta").is_dir()
    # A Python that a system manages refuses installs (PEP 668); any other one works without.
    managed = (Path(sysconfig.get_path("stdlib")) / "EXTERNALLY-MANAGED").is_file()
    if inside:
        return Finding(text("check.environment"), True, text("check.environment_inside", path=sys.prefix))
    if not managed:
        return Finding(text("check.environment"), True, text("check.environment_none"))
    return Finding(
        text("check.environment"), False, text("check.environment_managed"), "python3 -m venv .venv"
    )


def _packages() -> Iterator[Finding]:
    tested = tested_versions()
    for needed in requirements():
        name = text("check.package", name=needed.name)
        install = _pip(f'install --upgrade "{needed.name}{needed.specifier}"')
        try:
            version = metadata.version(needed.name)
        except metadata.PackageNotFoundError:
            yield Finding(name, False, text("check.package_missing"), install)
            continue
        if not needed.specifier.contains(version, prereleases=True):
            found = text("check.package_old", version=version, needed=needed.specifier)
            yield Finding(name, False, found, install)
            continue
        expected = tested.get(_normal(needed.name), version)
        key = "check.package_found" if version == expected else "check.package_untested"
        yield Finding(name, True, text(key, version=version, tested=expected))


def _kernel(start: bool) -> Finding:
    from hipbook.kernels import ThisPythonFirst

    name = text("check.kernel")
    command = ThisPythonFirst().get_kernel_spec("python3").argv[0]
    if not start:
        return Finding(name, True, text("check.kernel_found", path=command))
    try:
        path = _python_in_kernel()
    except (RuntimeError, TimeoutError, OSError) as error:
        return Finding(name, False, str(error), _pip("install --force-reinstall ipykernel"))
    return Finding(name, True, text("check.kernel_started", path=path))


def _python_in_kernel() -> str:
    """Start a kernel, let it import hipbook, and return the path of its Python."""
    from jupyter_client.manager import KernelManager

    from hipbook.kernels import ThisPythonFirst

    manager = KernelManager(kernel_name="python3", kernel_spec_manager=ThisPythonFirst())
    manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=30)
        said: list[str] = []
        reply = client.execute_interactive(
            "import sys, hipbook; print(sys.executable)",
            timeout=30,
            output_hook=lambda message: said.append(message["content"].get("text", "")),
        )
        if reply["content"]["status"] != "ok":
            raise RuntimeError(text("check.kernel_error", error=reply["content"]["evalue"]))
        return "".join(said).strip()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _widgets() -> Finding:
    from jupyter_core.paths import jupyter_path

    folders = [Path(folder) for folder in jupyter_path("labextensions")]
    absent = [name for name in _LABEXTENSIONS if not any((f / name).is_dir() for f in folders)]
    if not absent:
        return Finding(text("check.widgets"), True, text("check.widgets_found"))
    return Finding(
        text("check.widgets"),
        False,
        text("check.widgets_missing", names=", ".join(absent)),
        _pip("install --force-reinstall --no-deps jupyterlab_widgets anywidget"),
    )


def _bundle() -> Finding:
    source = resources.files("hipbook") / "widgets" / "static" / _BUNDLE
    if source.is_file() and source.read_bytes().strip():
        return Finding(text("check.bundle"), True, text("check.bundle_found", name=_BUNDLE))
    again = _pip("install --force-reinstall --no-deps hipbook")
    checkout = shipped.checkout()
    if checkout is not None:
        again = f'git -C "{checkout}" checkout HEAD -- hipbook/widgets/static'
    return Finding(text("check.bundle"), False, text("check.bundle_missing", name=_BUNDLE), again)


def _places(workspace: Workspace | None) -> Iterator[Finding]:
    folder = workspace.folder if workspace else Path.cwd()
    if workspace is None:
        yield Finding(text("check.workspace"), True, text("check.workspace_none"))
    else:
        yield _writable(text("check.workspace"), folder)
        yield _log(workspace)
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    found = text("check.disk_found", free_mb=f"{free_mb:,}", folder=folder)
    ok = free_mb >= NEEDED_SPACE_MB
    cure = None if ok else _pip("cache purge")
    yield Finding(text("check.disk"), ok, found, cure)


def _writable(name: str, folder: Path) -> Finding:
    probe = folder / f".hipbook.check-{os.getpid()}"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        found = text("check.workspace_closed", folder=folder, reason=reason)
        return Finding(name, False, found, _open_up(folder))
    return Finding(name, True, text("check.workspace_found", folder=folder))


def _log(workspace: Workspace) -> Finding:
    files = sorted(workspace.log_folder.glob("*.csv"))
    for file in files:
        try:
            with file.open("ab"), file.open("rb") as content:
                content.read(1)
        except OSError as error:
            reason = error.strerror or str(error)
            found = text("check.log_closed", file=file, reason=reason)
            return Finding(text("check.log"), False, found, _open_up(file))
    key = "check.log_found" if files else "check.log_empty"
    return Finding(text("check.log"), True, text(key, count=len(files), folder=workspace.log_folder))


def _open_up(path: Path) -> str:
    if os.name == "nt":
        return f'icacls "{path}" /grant "%USERNAME%:(OI)(CI)F"' if path.is_dir() else f'attrib -R "{path}"'
    return f'chmod u+rw{"x" if path.is_dir() else ""} "{path}"'


def _pip(what: str) -> str:
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"{python} -m pip {what}"


def _normal(name: str) -> str:
    from packaging.utils import canonicalize_name

    return canonicalize_name(name.strip())
