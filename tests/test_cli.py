"""The `hipbook` command: one calm answer, one clear line when it cannot, and a real JupyterLab."""

from __future__ import annotations

import builtins
import http.client
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
from importlib import metadata
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from workbook_double import GUIDED, START, notebook, ship

from hipbook import check, cli, commands, ports, server, shipped, showing, workspace

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _small_workbook(tmp_path, monkeypatch):
    ship(tmp_path / "shipped", monkeypatch)
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def served(monkeypatch):
    """Return the list of what would have been served: workspace, port, notebook, whether a browser opens."""
    calls = []
    monkeypatch.setattr(
        commands,
        "_serve",
        lambda learner, port, name, *, browser: calls.append((learner, port, name, browser)),
    )
    return calls


def refused(capsys, *arguments: str) -> str:
    """Return the one line with which the command refuses."""
    assert cli.main(arguments) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert said.err.startswith("hipbook: ")
    return said.err


# -- opening


def test_with_nothing_said_it_opens_the_start_notebook_in_a_new_workspace_here(served, capsys):
    assert cli.main([]) == 0
    [(learner, port, name, browser)] = served
    assert learner.folder == Path.cwd() / "hipbook-workbook"
    assert (port, name, browser) == (learner.port, START, True)
    assert capsys.readouterr().out == f"Your new workbook is in {learner.folder}\n"


@pytest.mark.parametrize(
    "said", [["03"], ["open", "guided"], [GUIDED, "--no-browser"], ["--no-browser", "3"]]
)
def test_open_may_be_left_out(served, said):
    assert cli.main(said) == 0
    assert [name for _, _, name, _ in served] == [GUIDED]
    assert served[0][3] is ("--no-browser" not in said)


def test_the_workspace_is_the_one_named_then_the_variable_then_the_one_around(served, tmp_path, monkeypatch):
    around, _ = workspace.create(tmp_path / "here")
    monkeypatch.chdir(around.log_folder)
    cli.main([])
    monkeypatch.setenv(workspace.VARIABLE, str(tmp_path / "by variable"))
    cli.main([])
    cli.main(["--workspace", "by option"])
    assert [learner.folder for learner, *_ in served] == [
        around.folder,
        tmp_path / "by variable",
        around.log_folder / "by option",
    ]


def test_a_second_time_it_is_the_same_workspace(served):
    cli.main([])
    cli.main([])
    assert served[0] == served[1]


def test_a_learners_own_notebook_opens_by_its_name(served):
    cli.main([])
    own = Path("hipbook-workbook", "mine", "03_own.ipynb")
    own.parent.mkdir()
    own.write_bytes(notebook())
    assert cli.main(["mine/03_own"]) == 0
    assert served[-1][2] == "mine/03_own.ipynb"


def test_another_port_is_for_once_and_says_what_that_means(served, capsys):
    cli.main([])
    usual = served[0][1]
    capsys.readouterr()
    assert cli.main(["--port", str(usual + 1)]) == 0
    assert f"another address than the usual {usual}, for this time only" in capsys.readouterr().out
    cli.main([])
    assert [port for _, port, *_ in served] == [usual, usual + 1, usual]


def test_it_says_what_an_update_brought(served, capsys, tmp_path, monkeypatch):
    cli.main([])
    Path("hipbook-workbook", GUIDED).write_bytes(notebook("mine"))
    ship(tmp_path / "shipped", monkeypatch, version="0.2.0", start=notebook("new"), guided=notebook("new"))
    capsys.readouterr()
    cli.main([])
    said = capsys.readouterr().out.splitlines()[1:]
    assert said == [
        f"Updated: {START}",
        f"You changed {GUIDED}, so its new version is beside it: 03_guided_stretches.new-0.2.0.ipynb",
    ]


# -- refusing


def test_an_unknown_notebook_is_answered_with_what_there_is_and_makes_nothing(served, capsys):
    assert f"got '99'; there is: {START}, {GUIDED}" in refused(capsys, "99")
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["--nope"], "--nope"),
        (["--port", "80"], "1024"),
        (["--port", "many"], "--port"),
        (["reset"], "Missing argument"),
        (["open", "00", "03"], "03"),
    ],
)
def test_a_command_line_that_cannot_be_read_is_one_line(served, capsys, said, answer):
    line = refused(capsys, *said)
    assert answer in line
    assert "hipbook --help" in line


def test_a_taken_port_is_one_line_that_says_what_to_do(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = refused(capsys, "--no-browser", "--port", str(port))
    assert f"port must be free, got {port}" in line
    assert "--port N" in line


def test_a_folder_that_is_a_file_is_one_line(capsys, served):
    Path("full").write_text("a file")
    assert "must be a folder you can write to" in refused(capsys, "--workspace", "full")


def test_a_package_that_is_not_installed_is_one_line_with_its_cure(capsys, served, monkeypatch):
    version = metadata.version

    def absent(name):
        if name == "jupyterlab":
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", absent)
    line = refused(capsys)
    assert re.search(r'jupyterlab must be installed.* -m pip install --upgrade "jupyterlab>=[\d.]+"', line)
    assert served == []


def test_show_without_voila_is_one_line_with_its_cure(capsys, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(commands, "run", lambda *_, **__: None)
    line = refused(capsys, "show", "03")
    assert re.search(r'show needs Voilà, .* -m pip install "hipbook\[show\]"', line)
    assert not Path("hipbook-workbook").exists()


def test_show_shows_the_lesson_that_is_meant_at_a_port_that_is_the_same_every_time(capsys, monkeypatch):
    shown = []
    monkeypatch.setattr(showing, "require_voila", lambda: None)
    monkeypatch.setattr(
        commands, "run", lambda app, learner, port, name, *, browser: shown.append((app, port, name))
    )
    for line in (["show", "03"], ["show", "guided", "--no-browser"], ["show", "03", "--port", "8899"]):
        assert cli.main(line) == 0
    usual = showing.usual_port(workspace.read(Path("hipbook-workbook").absolute()))
    assert shown == [(showing.VOILA, port, GUIDED) for port in (usual, usual, 8899)]
    assert "Port 8899 is another address" in capsys.readouterr().out


def test_no_two_servers_of_a_workspace_have_the_same_port():
    for port in ports.PORTS:
        others = {ports.of_page(port), ports.of_show(port)}
        assert len(others | {port}) == 3
        assert ports.of_show(port) not in ports.PORTS
        assert ports.of_show(port) < 32_768, "where systems begin to lend ports out"


def test_a_package_that_cannot_be_imported_is_one_line_with_its_cure(capsys, monkeypatch):
    real = builtins.__import__

    def broken(name, *rest, **more):
        if name == "typer":
            raise ModuleNotFoundError("No module named 'typer'", name="typer")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", broken)
    assert re.search(r'package typer must be installed, .* -m pip install "typer', refused(capsys))


def test_an_incomplete_installation_is_one_line(capsys, served, monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path / "nowhere" / "hipbook")
    monkeypatch.setattr(check, "missing_packages", list)
    monkeypatch.chdir(tmp_path)
    assert "must carry notebooks" in refused(capsys, "--workspace", str(tmp_path / "w"))


# -- the other commands


def test_version(capsys):
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"hipbook {shipped.version()}\n"


@pytest.mark.parametrize("said", [["--help"], ["open", "--help"], ["check", "-h"], ["reset", "--help"]])
def test_help_is_given(capsys, said):
    assert cli.main(said) == 0
    assert "Usage:" in capsys.readouterr().out


def test_reset_says_where_the_backup_is(served, capsys):
    cli.main([])
    Path("hipbook-workbook", GUIDED).write_bytes(notebook("mine"))
    capsys.readouterr()
    assert cli.main(["reset", "03"]) == 0
    said = capsys.readouterr().out
    assert "close its tab without saving" in said
    backup = re.match(rf"{GUIDED} is as it came\. What you had is in (\S+)\.\n", said)[1]
    assert Path("hipbook-workbook", backup).read_bytes() == notebook("mine")


def test_reset_without_a_workspace_is_one_line(capsys):
    assert "reset needs a workspace" in refused(capsys, "reset", "03")


def test_check_ends_with_1_and_shows_the_cure_of_each_failure(capsys, monkeypatch):
    findings = [check.Finding("Python", True, "3.12"), check.Finding("Player", False, "missing", "get it")]
    monkeypatch.setattr(check, "diagnose", lambda *_, **__: findings)
    assert cli.main(["check"]) == 1
    assert [line.strip() for line in capsys.readouterr().out.splitlines()] == [
        "ok    Python  3.12",
        "FAIL  Player  missing",
        "cure: get it",
        "1 of 2 failed.",
    ]


def test_check_ends_with_0_when_all_is_in_order(capsys, monkeypatch):
    monkeypatch.setattr(check, "diagnose", lambda *_, **__: [check.Finding("Python", True, "3.12")])
    assert cli.main(["check"]) == 0
    assert "All 1 are in order." in capsys.readouterr().out


def test_python_m_hipbook_is_the_same():
    done = subprocess.run(
        [sys.executable, "-m", "hipbook", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("hipbook ")


# -- a real JupyterLab

DRIVER = """
import sys
from pathlib import Path
from hipbook import shipped
shipped.notebooks_folder = lambda: Path(sys.argv[1]) / "notebooks"
shipped.data_folder = lambda: Path(sys.argv[1]) / "data"
from hipbook.cli import main
sys.exit(main(sys.argv[2:]))
"""


class Running:
    """A `hipbook` process whose lines are read as they come."""

    def __init__(self, shipped_folder: Path, *arguments: str, **environment: str):
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(shipped_folder), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line)

    def until(self, words: str) -> str:
        while words not in (line := self.lines.get(timeout=60)):
            pass
        return line

    def interrupt(self) -> tuple[int, str]:
        """Send what Ctrl-C sends, and wait for the end."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.end()

    def end(self) -> tuple[int, str]:
        """Return the exit code and what stood on stderr."""
        error = self.process.stderr.read()
        code = self.process.wait(60)
        self.reader.join(60)
        return code, error


def get(address: str, path: str, token: str | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", path, headers={"Authorization": f"token {token}"} if token else {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


@pytest.mark.skipif(os.name == "nt", reason="SIGINT cannot be sent to one process there")
def test_a_learner_gets_a_running_jupyterlab_with_a_token_and_this_python(tmp_path):
    """One run: files, token, kernel, a second `hipbook` beside it, and a calm end."""
    other = tmp_path / "other" / "kernels" / "python3"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text(json.dumps({"argv": ["/bin/false"], "display_name": "Wrong"}))
    running = Running(tmp_path / "shipped", "--no-browser", JUPYTER_PATH=str(tmp_path / "other"))
    try:
        address = running.until("It is open at").split()[-1]
        learner = workspace.read(Path("hipbook-workbook").absolute())
        token = parse_qs(urlsplit(address).query)["token"][0]
        assert urlsplit(address).netloc == f"127.0.0.1:{learner.port}"
        assert urlsplit(address).path == f"/lab/tree/{START}"

        assert get(address, "/api/contents")[0] == 403
        assert get(address, f"/lab/tree/{START}")[0] == 302
        assert get(address, "/api/contents", "wrong")[0] == 403
        status, content = get(address, "/api/contents", token)
        assert status == 200
        assert {START, GUIDED, "data", "log"} <= {entry["name"] for entry in json.loads(content)["content"]}

        kernels = json.loads(get(address, "/api/kernelspecs", token)[1])["kernelspecs"]
        assert kernels["python3"]["spec"]["argv"][0] == sys.executable

        page = get(address, f"/lab/tree/{START}", token)[1].decode()
        told = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
        assert "@jupyter/nbgrader" in told["disabledExtensions"]  # a course's menus, no use to one learner

        second = Running(tmp_path / "shipped", "03", "--no-browser")
        assert second.until("already open").split()[-1] == server.address(learner.port, GUIDED, token)
        assert second.end() == (0, "")
    finally:
        code, error = running.interrupt()
    assert (code, error) == (0, "")
    with pytest.raises(ConnectionRefusedError):
        get(address, "/api")
