"""What a hub is made from besides Python: the proxy's lock, the chart's values, image, service and guide."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy" / "jupyterhub"
GUIDE = (ROOT / "docs" / "hub.md").read_text(encoding="utf-8")
SAYS = (DEPLOY / "jupyterhub_config.py").read_text(encoding="utf-8")
VALUES = yaml.safe_load((DEPLOY / "kubernetes" / "values.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (DEPLOY / "kubernetes" / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")

CHART = {
    "hub": {"config", "templateVars", "loadRoles"},
    "hub.loadRoles.teacher": {"groups", "scopes"},
    "proxy": {"https"},
    "proxy.https": {"enabled", "hosts", "letsencrypt"},
    "proxy.https.letsencrypt": {"contactEmail"},
    "singleuser": {"image", "cmd", "memory", "cpu", "storage", "startTimeout", "networkPolicy"},
    "singleuser.image": {"name", "tag"},
    "singleuser.memory": {"guarantee", "limit"},
    "singleuser.cpu": {"guarantee", "limit"},
    "singleuser.storage": {"capacity", "homeMountPath"},
    "singleuser.networkPolicy": {"enabled", "egressAllowRules"},
    "singleuser.networkPolicy.egressAllowRules": {"nonPrivateIPs"},
    "cull": {"enabled", "timeout", "every"},
}
"""What we use of the keys that the chart Zero to JupyterHub documents, by the place where they stand."""


def at(path: str) -> dict:
    found = VALUES
    for part in path.split("."):
        found = found[part]
    return found


def test_the_values_use_only_keys_that_the_chart_knows():
    assert set(VALUES) == {path for path in CHART if "." not in path}
    assert {path: set(at(path)) for path in CHART} == CHART


def test_both_hubs_let_in_the_same_people_with_the_same_rights():
    config = at("hub.config")
    assert f'"{config["JupyterHub"]["authenticator_class"]}"' in SAYS
    assert str(config["JupyterHub"]["load_groups"]).replace("'", '"') in SAYS
    for owner in ("FirstUseAuthenticator", "Authenticator"):
        for name, value in config[owner].items():
            if name != "dbm_path":
                shown = f'r"{value}"' if isinstance(value, str) else str(value)
                assert f"c.{owner}.{name} = {shown}\n" in SAYS
    teacher = at("hub.loadRoles.teacher")
    shown = json.dumps({"name": "teacher", **teacher})
    assert shown in SAYS
    assert f"--timeout={at('cull.timeout')}" in SAYS
    assert f'c.Spawner.mem_limit = "{at("singleuser.memory.limit")}"' in SAYS


def test_the_image_starts_what_the_values_start_in_the_home_that_they_mount():
    command = json.loads(re.search(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)[1])
    assert command == at("singleuser.cmd")
    home = at("singleuser.storage.homeMountPath")
    assert f"--home-dir {home} " in DOCKERFILE
    assert DOCKERFILE.rstrip().splitlines()[-2] == f"WORKDIR {home}"


def test_what_the_image_copies_is_enough_to_install_hipbook(tmp_path):
    copied = [shlex.split(line)[1:] for line in DOCKERFILE.splitlines() if line.startswith("COPY ")]
    for *sources, target in copied:
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(
                    ROOT / source, tmp_path / target, ignore=shutil.ignore_patterns("__pycache__")
                )
            else:
                shutil.copy(ROOT / source, tmp_path / target)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "made")]
    done = subprocess.run([*build, str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    [wheel] = (tmp_path / "made").glob("hipbook-*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    for file in ("notebooks/03_guided_stretches.ipynb", "data/stretches.toml"):
        assert f"hipbook/_shipped/{file}" in carried


def test_the_proxys_lock_names_versions_and_no_addresses():
    lock = json.loads((DEPLOY / "package-lock.json").read_text(encoding="utf-8"))
    asked = json.loads((DEPLOY / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert lock["packages"][""]["dependencies"] == asked
    packages = {path: found for path, found in lock["packages"].items() if path}
    assert "node_modules/configurable-http-proxy" in packages
    assert all(found.get("version") and found.get("integrity") for found in packages.values())
    assert [path for path, found in packages.items() if "resolved" in found] == []


def test_the_service_starts_the_hub_as_the_guide_does():
    service = (DEPLOY / "hipbook-hub.service").read_text(encoding="utf-8")
    started = re.search(r"^ExecStart=(\S+) (.*)$", service, re.MULTILINE)
    assert started[1] == "/opt/hipbook/.venv/bin/python"
    assert f"`.venv/bin/python {started[2]}`" in GUIDE
    assert f"Write `{started[2].split()[-1]}`" in GUIDE
    limit = re.search(r"^MemoryMax=.*$", service, re.MULTILINE)[0]
    assert f"`{limit}`" in GUIDE
    assert re.search(r"^ProtectProc=invisible$", service, re.MULTILINE)
    assert "`ProtectProc=invisible`" in GUIDE


def settings() -> list[tuple[str, str]]:
    """Return class and name of each setting that the guide names."""
    found = re.findall(r"`c\.(\w+)\.(\w+)(?: = [^`]+)?`|^c\.(\w+)\.(\w+) = ", GUIDE, re.MULTILINE)
    return sorted({tuple(filter(None, parts)) for parts in found})


@pytest.mark.parametrize(("owner", "name"), settings())
def test_a_setting_that_the_guide_names_is_one_that_the_hub_has(owner, name, spawner):
    from jupyterhub.app import JupyterHub
    from jupyterhub.auth import Authenticator

    classes = {one.__name__: one for one in (JupyterHub, Authenticator, *spawner.OwnUserSpawner.mro())}
    assert name in classes[owner].class_trait_names(config=True)


def test_the_files_that_the_guide_names_are_there():
    named = set(re.findall(r"\b(?:deploy|bench|tests|notebooks)/[\w./-]*\w", GUIDE))
    assert len(named) > 5
    assert {path for path in named if not (ROOT / path).exists()} == set()
