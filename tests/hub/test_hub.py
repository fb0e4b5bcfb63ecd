"""A real JupyterHub with ten learners: each has their own files, nobody another's, and memory has an end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import httpx
import log_rows
import psutil
import pytest
from class_of_ten import NAMES, hold_id
from learner import LESSON, Learner
from running_hub import CULLER_TOKEN

from hipbook.place import DEFAULT_FOLDER

ONE, OTHER, GREEDY = NAMES[:3]
LIMIT_BYTES = 2**30
"""What deploy/jupyterhub/jupyterhub_config.py gives each learner."""


def log_of(lesson, name: str):
    return lesson.hub.home(name) / DEFAULT_FOLDER / "log" / "holds.csv"


def visit(lesson, name: str, **more) -> Learner:
    """Return somebody at another browser."""
    return Learner(lesson.hub.address, name, **more)


@pytest.fixture(scope="module")
def teacher(lesson) -> Iterator[Learner]:
    """Return the teacher, logged in."""
    someone = visit(lesson, "teacher")
    assert lesson.run(someone.log_in()).is_success
    yield someone
    lesson.run(someone.close())


# -- own files


def test_each_of_ten_learners_has_their_own_hold_in_their_own_log_and_nobody_elses(lesson):
    assert {reply["kind"] for reply in lesson.replies.values()} == {"saved"}
    ids = {}
    for name in NAMES:
        lines = log_of(lesson, name).read_text(encoding="utf-8").splitlines()
        ids[name] = [line.partition(",")[0] for line in lines[1:]]
    assert ids == {name: [hold_id(name)] for name in NAMES}


def test_each_learner_is_a_user_of_their_own_in_a_home_that_only_they_may_enter(lesson):
    homes = {name: lesson.hub.home(name).stat() for name in NAMES}
    assert len({home.st_uid for home in homes.values()}) == len(NAMES)
    assert {(home.st_uid - home.st_gid, oct(home.st_mode & 0o7777)) for home in homes.values()} == {
        (0, "0o700")
    }
    for name, home in homes.items():
        running = lesson.hub.processes([home.st_uid])
        assert len(running) >= 2, "a server and a kernel"
        assert log_of(lesson, name).stat().st_uid == home.st_uid
        assert log_of(lesson, name).stat().st_mode & 0o077 == 0


def test_a_server_and_a_kernel_are_without_groups_and_rights_of_the_hubs(lesson):
    answer = lesson.run(
        lesson.learners[ONE].run("import os; print(os.getgroups(), os.getresuid(), os.getresgid())")
    )
    uid = lesson.hub.home(ONE).stat().st_uid
    assert answer == f"[] {(uid,) * 3} {(uid,) * 3}\n"
    assert "CapEff:\t0000000000000000" in lesson.run(
        lesson.learners[ONE].run("print(open('/proc/self/status').read())")
    )


# -- others' files


def test_another_learners_pages_are_refused_to_a_browser(lesson):
    page = f"lab/tree/{LESSON}"
    browser = lesson.learners[ONE].browser
    assert lesson.run(browser.get(f"/user/{OTHER}/{page}")).status_code == 403
    assert lesson.run(browser.get(f"/user/{ONE}/{page}")).is_success


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("GET", "contents/log/holds.csv", {}),
        ("GET", "contents", {}),
        ("PUT", "contents/left.txt", {"json": {"type": "file", "format": "text", "content": "x"}}),
        ("GET", "kernels", {}),
        ("POST", "kernels", {"json": {"name": "python3"}}),
        ("POST", "terminals", {"json": {}}),
    ],
)
def test_another_learners_server_is_refused_to_the_token_that_is_in_ones_own_kernel(
    lesson, method, path, more
):
    """A request with a token needs no other proof, so that only the owner can be what is refused."""
    one = lesson.learners[ONE]
    token = lesson.run(one.run("import os; print(os.environ['JUPYTERHUB_API_TOKEN'])")).strip()

    async def ask(owner: str) -> httpx.Response:
        headers = {"Authorization": f"token {token}"}
        async with httpx.AsyncClient(base_url=lesson.hub.address, headers=headers, trust_env=False) as client:
            return await client.request(method, f"/user/{owner}/api/{path}", **more)

    assert lesson.run(ask(OTHER)).status_code == 403
    assert lesson.run(ask(ONE)).is_success


@pytest.mark.parametrize(
    "way", ["../../{other}/{file}", "%2e%2e/%2e%2e/{other}/{file}", "{homes}/{other}/{file}"]
)
def test_no_path_leads_out_of_ones_own_folder(lesson, way):
    parts = {"other": OTHER, "file": f"{DEFAULT_FOLDER}/log/holds.csv", "homes": lesson.hub.folder / "homes"}
    answer = lesson.run(lesson.learners[ONE].ask("GET", "contents/" + way.format(**parts)))
    assert answer.status_code in (403, 404), answer.text
    assert hold_id(OTHER) not in answer.text


def test_a_link_to_another_learners_file_shows_nothing(lesson):
    one = lesson.learners[ONE]
    assert lesson.run(one.run(f"import os; os.symlink({str(log_of(lesson, OTHER))!r}, 'theirs.csv')")) == ""
    answer = lesson.run(one.ask("GET", "contents/theirs.csv"))
    assert answer.is_error
    assert hold_id(OTHER) not in answer.text


@pytest.mark.parametrize(
    "code",
    [
        "open({log!r}).read()",
        "open({log!r}, 'a')",
        "import os; os.listdir({home!r})",
        "import os; os.listdir({homes!r})",
        "import os; os.listdir({state!r})",
        "import os; os.chmod({home!r}, 0o777)",
        "import os; os.mkdir({homes!r} + '/mine')",
        "open('/proc/{server}/environ').read()",
        "import os; os.kill({server}, 15)",
        "import os; os.setuid({uid})",
    ],
)
def test_another_learners_files_and_processes_are_refused_from_inside_a_kernel(lesson, code):
    home = lesson.hub.home(OTHER)
    uid = home.stat().st_uid
    places = {"home": str(home), "homes": str(home.parent), "state": str(lesson.hub.folder / "state")}
    server = min(process.pid for process in lesson.hub.processes([uid]))
    code = code.format(log=str(log_of(lesson, OTHER)), server=server, uid=uid, **places)
    answer = lesson.run(lesson.learners[ONE].run(code))
    hidden = "FileNotFoundError: [Errno 2] No such file or directory: '/proc/"  # where hidepid is set
    assert answer.startswith(("PermissionError: [Errno ", hidden)), answer


def test_the_same_code_reads_ones_own_file(lesson):
    answer = lesson.run(lesson.learners[ONE].run(f"print(open({str(log_of(lesson, ONE))!r}).read())"))
    assert hold_id(ONE) in answer


# -- memory


def test_a_kernel_that_wants_more_than_the_limit_gets_a_memory_error_and_goes_on(lesson):
    greedy = lesson.learners[GREEDY]
    assert lesson.run(greedy.run(f"too_much = bytearray({LIMIT_BYTES})")) == "MemoryError: "
    # Bit by bit, and written to, so that it counts as used.
    grow = "held = []\nwhile True: held.append(b'x' * 20_000_000)"
    assert lesson.run(greedy.run(grow)) == "MemoryError: "
    status = "print(open('/proc/self/status').read().partition('VmRSS:')[2].split()[0], len(held)); del held"
    resident_kb, pieces = map(int, lesson.run(greedy.run(status)).split())
    assert pieces > 10
    assert resident_kb * 1024 < LIMIT_BYTES
    assert lesson.run(greedy.hold(log_rows.hold(f"{GREEDY}-002")))["kind"] == "saved"
    assert lesson.run(lesson.learners[OTHER].run("print('here')")) == "here\n"


def test_the_limit_holds_for_what_a_kernel_starts_and_cannot_be_raised(lesson):
    greedy = lesson.learners[GREEDY]
    child = f"[sys.executable, '-c', 'bytearray({LIMIT_BYTES})']"
    started = f"subprocess.run({child}, capture_output=True, text=True).stderr.splitlines()[-1]"
    assert lesson.run(greedy.run(f"import subprocess, sys; print({started})")) == "MemoryError\n"
    raising = "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))"
    assert lesson.run(greedy.run(raising)) == "ValueError: not allowed to raise maximum limit"


# -- who comes in


@pytest.mark.parametrize("name", [ONE, "stranger"])
def test_a_wrong_password_and_a_name_that_nobody_invited_are_refused(lesson, name):
    someone = visit(lesson, name, password="not the right one")
    answer = lesson.run(someone.log_in())
    lesson.run(someone.close())
    assert answer.status_code == 403
    assert "Invalid username or password" in answer.text


def test_a_teacher_adds_a_learner_who_chooses_a_password_and_chooses_again_after_a_reset(lesson, teacher):
    new, again = visit(lesson, "kiwi-11"), visit(lesson, "kiwi-11")
    assert lesson.run(teacher.browser.get("/hub/admin")).is_success
    assert lesson.run(new.log_in()).status_code == 403
    assert lesson.run(teacher.ask_hub("POST", "users", json={"usernames": ["kiwi-11"]})).status_code == 201
    assert lesson.run(new.log_in()).is_success
    assert lesson.run(again.log_in()).status_code == 403
    assert lesson.run(teacher.ask_hub("DELETE", "users/kiwi-11")).status_code == 204
    assert lesson.run(teacher.ask_hub("POST", "users", json={"usernames": ["kiwi-11"]})).status_code == 201
    assert lesson.run(again.log_in()).is_success
    for person in (new, again):
        lesson.run(person.close())


def test_a_teacher_opens_no_learners_server_and_makes_nobody_an_administrator(lesson, teacher):
    users = lesson.run(teacher.ask_hub("GET", "users")).json()
    assert {*NAMES, "teacher"} <= {user["name"] for user in users}
    assert [user["name"] for user in users if user["admin"]] == []
    assert lesson.run(teacher.ask("GET", "contents/log/holds.csv", owner=ONE)).status_code == 403
    assert lesson.run(teacher.ask_hub("POST", f"users/{ONE}/tokens", json={})).is_client_error
    assert lesson.run(teacher.ask_hub("PATCH", "users/teacher", json={"admin": True})).status_code == 403


@pytest.mark.parametrize("name", ["../kiwi-1", "Kiwi 12", ".hidden", "kiwi/1", "kiwi-1\n"])
def test_a_name_that_could_be_another_place_is_not_taken(lesson, teacher, name):
    answer = lesson.run(teacher.ask_hub("POST", "users", json={"usernames": [name]}))
    assert answer.status_code in (400, 409), answer.text


# -- the end


def test_the_culler_stops_a_server_that_nobody_uses_and_leaves_the_files(lesson):
    """The hub's own culler waits an hour; with its rights, another one is told to wait a second."""
    running = lesson.hub.processes([lesson.hub.home(ONE).stat().st_uid])
    assert len(running) >= 2
    command = [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=1", "--cull-every=1"]
    culler = subprocess.Popen(
        [*command, f"--url={lesson.hub.address}/hub/api"],
        env=os.environ | {"JUPYTERHUB_API_TOKEN": CULLER_TOKEN},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _, alive = psutil.wait_procs(running, timeout=120)
    finally:
        culler.terminate()
        culler.wait(30)
    assert alive == []
    assert hold_id(ONE) in log_of(lesson, ONE).read_text(encoding="utf-8")
