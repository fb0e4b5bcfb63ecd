"""`hipbook player`, `stretch` and `shortcut`: one calm answer, one clear line when it cannot, a real page."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import sys
import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from player_process import PlayerProcess

from hipbook import cli, page_commands, ports, shortcut, workspace
from hipbook.page import certificate, network, opening, running
from hipbook.stretching import own_routines
from hipbook.stretching.routine import choices_of


@pytest.fixture(autouse=True)
def learner(tmp_path, monkeypatch):
    made, _ = workspace.create(tmp_path / "workbook")
    monkeypatch.setenv(workspace.VARIABLE, str(made.folder))
    monkeypatch.chdir(tmp_path)
    return made


@pytest.fixture
def served(monkeypatch):
    """Return the list of what would have been served, and whether a browser opens."""
    calls = []
    monkeypatch.setattr(page_commands, "_serve_page", lambda site, *, browser: calls.append((site, browser)))
    return calls


@pytest.fixture
def in_a_network(monkeypatch):
    monkeypatch.setattr(network, "addresses", lambda: ["192.168.7.20", "10.0.0.9"])
    monkeypatch.setattr(network, "names", lambda: ["kitchen", "kitchen.local"])


def refused(capsys, *arguments: str) -> str:
    """Return the one line with which the command refuses."""
    assert cli.main(arguments) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert said.err.startswith("hipbook: ")
    return said.err


# -- what is asked


def test_the_player_opens_for_this_computer_only_at_a_port_of_the_workspaces_own(served, learner):
    assert cli.main(["player", "no_floor"]) == 0
    [(site, browser)] = served
    assert (site.workspace, site.what, site.port) == (learner, "no_floor", ports.of_page(learner.port))
    assert (site.scheme, site.host, set(site.names)) == ("http", "127.0.0.1", {"127.0.0.1", "localhost"})
    assert (browser, site.explanation) == (True, ())


def test_stretch_is_the_player_with_five_minutes_in_a_browser_unless_told_otherwise(served):
    assert cli.main(["stretch"]) == 0
    assert cli.main(["player"]) == 0
    assert cli.main(["stretch", "no_floor", "--no-browser"]) == 0
    asked = [(site.what, browser) for site, browser in served]
    assert asked == [("five_minutes", True), ("five_minutes", True), ("no_floor", False)]


def test_without_a_workspace_one_is_made_as_for_the_workbook(served, monkeypatch, tmp_path, capsys):
    monkeypatch.delenv(workspace.VARIABLE)
    assert cli.main(["stretch"]) == 0
    assert served[0][0].workspace.folder == tmp_path / "hipbook-workbook"
    assert capsys.readouterr().out == f"Your new workbook is in {tmp_path / 'hipbook-workbook'}\n"


def test_a_routine_of_ones_own_opens_by_its_name(served, learner):
    own_routines.save(learner.folder, "My evening", choices_of("no_floor"))
    assert cli.main(["player", "My evening", "--no-browser"]) == 0
    assert (served[0][0].what, served[0][1]) == ("My evening", False)


def test_another_port_is_for_once_and_says_what_that_means(served, learner, capsys):
    usual = ports.of_page(learner.port)
    assert cli.main(["player", "--port", str(usual + 1)]) == 0
    assert f"another address than the usual {usual}, for this time only" in capsys.readouterr().out
    assert served[0][0].port == usual + 1


def test_no_two_workspaces_get_one_port_nor_one_of_jupyterlabs_or_that_browsers_refuse():
    pages = [ports.of_page(port) for port in ports.PORTS]
    assert len(set(pages)) == len(ports.PORTS)
    assert min(pages) > 1024
    assert max(pages) < min(ports.PORTS)
    assert 10_080 not in pages


def test_for_the_network_it_is_encrypted_answers_to_our_names_and_explains_the_warning(
    served, in_a_network, learner
):
    assert cli.main(["player", "--lan"]) == 0
    [(site, browser)] = served
    assert (site.scheme, site.host, browser) == ("https", "192.168.7.20", False)
    assert {"kitchen", "kitchen.local", "192.168.7.20", "10.0.0.9", "127.0.0.1"} <= set(site.names)
    said = " ".join(site.explanation)
    for words in ("tablet", "Keep it to yourself", "will warn", "encrypted", site.identity.fingerprint):
        assert words in said


def test_another_name_of_this_computer_goes_into_address_and_certificate(served, in_a_network, learner):
    assert cli.main(["player", "--lan", "--name", "Kitchen.Home"]) == 0
    [(site, _)] = served
    assert site.host == "kitchen.home"
    assert b"kitchen.home" in ssl.PEM_cert_to_DER_cert(
        (learner.folder / certificate.FILE)
        .read_text()
        .partition("PRIVATE KEY-----\n")[2]
        .partition("-----\n")[2]
    )


# -- measuring


def test_measuring_opens_its_own_page_with_the_tape_and_for_a_phone_with_its_sensor(
    served, in_a_network, learner
):
    assert cli.main(["measure"]) == 0
    assert cli.main(["measure", "--lan"]) == 0
    assert cli.main(["measure", "prone_phone", "--no-browser"]) == 0
    asked = [(site.path, site.what, site.scheme, browser) for site, browser in served]
    assert asked == [
        ("measure", "thomas_trig", "http", True),
        ("measure", "thomas_phone", "https", False),
        ("measure", "prone_phone", "http", False),
    ]
    assert {site.port for site, _ in served} == {ports.of_page(learner.port)}


# -- refusing


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["player", "splits"], "WHAT: routine must be one of five_minutes"),
        (["player", "--name", "kitchen"], "--name must come with --lan"),
        (["player", "--lan", "--name", "kit chen"], "--name must be a host name"),
        (["player", "--port", "80"], "1024"),
        (
            ["measure", "splits"],
            "TEST must be one of thomas_trig, thomas_goniometer, thomas_phone, prone_phone, got splits",
        ),
        (["measure", "--name", "kitchen"], "--name must come with --lan"),
        (["stretch", "--nope"], "--nope"),
        (["shortcut", "--to", "{busy}"], "hipbook did not make"),
    ],
)
def test_what_cannot_be_done_is_one_line(served, in_a_network, capsys, tmp_path, said, answer):
    (tmp_path / "busy").mkdir()
    for name in shortcut.NAMES.values():
        (tmp_path / "busy" / name).write_text("mine")
    assert answer in refused(capsys, *[word.format(busy=tmp_path / "busy") for word in said])
    assert served == []


def test_without_a_network_one_line_says_so(served, monkeypatch, capsys):
    monkeypatch.setattr(network, "addresses", list)
    assert "--lan needs a network" in refused(capsys, "player", "--lan")


def test_without_the_package_for_certificates_one_line_says_how_to_get_it(
    served, in_a_network, monkeypatch, capsys
):
    monkeypatch.setitem(sys.modules, "cryptography", None)
    assert '-m pip install "cryptography' in refused(capsys, "player", "--lan")


def test_a_port_that_another_program_uses_is_one_line(capsys, learner):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = refused(capsys, "player", "--no-browser", "--port", str(port))
    assert f"port must be free, got {port}" in line
    assert not (learner.folder / running.FILE).exists()


# -- the shortcut


def test_the_shortcut_is_made_and_removed_and_says_where(capsys, learner, tmp_path):
    to = ["shortcut", "--to", str(tmp_path / "desk top")]
    assert cli.main(to) == 0
    [path] = (tmp_path / "desk top").iterdir()
    assert f"The shortcut is {path}" in capsys.readouterr().out
    assert str(learner.folder) in path.read_text(encoding="utf-8")
    assert cli.main([*to, "--remove"]) == 0
    assert capsys.readouterr().out == f"The shortcut {path} is gone.\n"
    assert cli.main([*to, "--remove"]) == 0
    assert "There is no shortcut" in capsys.readouterr().out
    assert not path.exists()


# -- a real page


@pytest.fixture
def player():
    """Return what starts a player that is surely ended."""
    started = []

    def start(*arguments: str) -> PlayerProcess:
        started.append(PlayerProcess(*arguments))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.end()


def get(address: str, context: ssl.SSLContext | None = None) -> tuple[int, str]:
    """Open an address as a browser does: follow where it sends us, with the cookie that it gives."""
    handlers = [urllib.request.HTTPCookieProcessor(), urllib.request.ProxyHandler({})]
    if context:
        handlers.append(urllib.request.HTTPSHandler(context=context))
    try:
        with urllib.request.build_opener(*handlers).open(address, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def token_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["token"][0]


@pytest.mark.skipif(os.name == "nt", reason="SIGINT cannot be sent to one process there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)])
def test_the_page_is_open_until_it_is_ended_and_then_only_its_key_is_left(player, learner, number):
    one = player("no_floor")
    address = one.address()
    status, content = get(address)
    assert (status, learner.id in content) == (200, True)
    assert get(address.replace(token_of(address), "wrong"))[0] == 403
    assert get(address.partition("?")[0])[0] == 403
    assert (learner.folder / running.FILE).stat().st_mode & 0o777 == 0o600
    assert one.end(number) == (0, "")
    assert json.loads((learner.folder / running.FILE).read_bytes()) == {"token": token_of(address)}
    assert (learner.folder / running.FILE).stat().st_mode & 0o777 == 0o600
    with pytest.raises(OSError, match="refused"):
        get(address)


@pytest.mark.skipif(os.name == "nt", reason="SIGINT cannot be sent to one process there")
def test_a_second_one_shows_the_first_with_its_own_routine_and_ends(player):
    first = player("no_floor")
    address = first.address()
    second = player("full")
    shown = second.address("It is already open at")
    assert second.end() == (0, "")
    assert token_of(shown) == token_of(address)
    assert '"key": "full"' in get(shown)[1]
    code, error = player("full", "--lan", "--name", "kitchen").end()
    assert (code, "open already for this computer only" in error) == (2, True)
    assert first.end(signal.SIGINT) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="SIGINT cannot be sent to one process there")
def test_measuring_shows_the_page_of_a_player_that_is_open_already(player):
    first = player("no_floor")
    address = first.address()
    second = PlayerProcess(command="measure")
    shown = second.address("It is already open at")
    assert second.end() == (0, "")
    assert shown == address.replace("/?what=no_floor", "/measure?what=thomas_trig")
    assert '"test": "thomas_trig"' in get(shown)[1]
    assert first.end(signal.SIGINT) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="SIGINT cannot be sent to one process there")
@pytest.mark.parametrize("number", [signal.SIGINT, getattr(signal, "SIGKILL", signal.SIGTERM)])
def test_after_a_calm_end_as_after_a_crash_an_open_page_goes_on_with_its_key(player, number):
    first = player()
    address = first.address()
    first.end(number)
    second = player()
    assert second.address() == address
    assert get(address)[0] == 200
    assert second.end(signal.SIGINT) == (0, "")


def test_who_deletes_the_key_gets_another(learner):
    tokens = set()
    for _ in range(2):
        with running.claimed(learner.folder) as claim:
            tokens.add(claim.token)
            claim.announce(running.Running("http", "127.0.0.1", 12_345, claim.token))
        (learner.folder / running.FILE).unlink()
    assert len(tokens) == 2


def test_where_a_page_was_before_is_never_told_as_where_it_is(learner, monkeypatch):
    """Between a start and its first answer, whether hipbook ended calmly before or crashed."""
    monkeypatch.setattr(running, "_WAIT_S", 0)
    for left in ({}, {"scheme": "http", "host": "127.0.0.1", "port": 12_345}):
        (learner.folder / running.FILE).write_text(json.dumps({"token": "t" * 32} | left))
        with running.claimed(learner.folder) as claim:
            assert claim.token == "t" * 32
            assert running.other(learner.folder) is None


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b'{"scheme": "http", "host": "h", "port": 1, "token": ""}']
)
def test_a_note_that_cannot_be_understood_is_no_note(learner, content):
    (learner.folder / running.FILE).write_bytes(content)
    with running.claimed(learner.folder) as claim:
        assert len(claim.token) >= 32


@pytest.mark.skipif(os.name == "nt", reason="SIGINT cannot be sent to one process there")
def test_in_the_network_it_is_encrypted_for_a_browser_that_trusts_the_shown_certificate(player, learner):
    one = player("--lan", "--name", "localhost")
    address = one.address()
    assert urlsplit(address).scheme == "https"
    trusting = ssl.create_default_context(cadata=(learner.folder / certificate.FILE).read_text())
    assert get(address, trusting)[0] == 200
    with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
        get(address)
    # A browser that hangs up at the warning is no news for the person here.
    assert one.end(signal.SIGINT) == (0, "")


def test_the_networks_names_and_addresses_never_lead_back_to_the_one_who_asks():
    for address in network.addresses():
        assert not address.startswith(("127.", "0."))
    assert all(network.NAME.fullmatch(name) for name in network.names())


def test_a_host_name_that_no_address_can_hold_is_left_out(monkeypatch):
    for name, expected in {
        "Kitchen": ["kitchen", "kitchen.local"],
        "kitchen.home": ["kitchen.home"],
        "küche": [],
        "my_pc": [],
    }.items():
        monkeypatch.setattr(socket, "gethostname", lambda name=name: name)
        assert network.names() == expected


def test_a_page_that_is_claimed_and_says_nothing_is_one_line(learner, monkeypatch):
    monkeypatch.setattr(running, "_WAIT_S", 0)
    site = opening.site(learner, "no_floor", 12_345)
    with (
        running.claimed(learner.folder),
        pytest.raises(workspace.WorkspaceError, match="try again in a moment"),
    ):
        opening.serve(site, lambda: None)


def test_the_note_holds_what_another_process_needs_as_long_as_it_is_true(learner, monkeypatch):
    here = running.Running("http", "127.0.0.1", 12_345, "t" * 32)
    with running.claimed(learner.folder) as claim:
        claim.announce(here)
        assert running.other(learner.folder) == here
        assert json.loads((learner.folder / running.FILE).read_bytes())["port"] == 12_345
    monkeypatch.setattr(running, "_WAIT_S", 0)
    assert running.other(learner.folder) is None
