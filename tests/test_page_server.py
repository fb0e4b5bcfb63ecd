"""The player's page as a browser, and as a stranger, meets it: a real server on a free port."""

from __future__ import annotations

import http.client
import json
import re
import threading
from urllib.parse import urlencode

import pytest
from served_page import NAMES, TOKEN, Served, hold, serving

from hipbook import workspace
from hipbook.page import server
from hipbook.stretching import own_routines
from hipbook.stretching.routine import choices_of
from hipbook.strings import text


@pytest.fixture(scope="module")
def learner(tmp_path_factory):
    made, _ = workspace.create(tmp_path_factory.mktemp("page") / "workbook")
    return made


@pytest.fixture(scope="module")
def port(learner):
    with serving(server.application(learner, "no_floor", TOKEN, NAMES)) as port:
        yield port


@pytest.fixture
def page(learner, port):
    (learner.log_folder / "holds.csv").unlink(missing_ok=True)
    return Served(learner, port)


def data_of(content: str) -> dict:
    return json.loads(re.search(r'id="player-data">(.*?)</script>', content, re.DOTALL)[1])


# --- getting in


ADDRESSES = (
    "/",
    "/player.js",
    "/player.page.js",
    "/player.style.css",
    "/measure",
    "/measure.js",
    "/measure.style.css",
    "/messages",
    "/nothing",
    "/?what=full",
    "/measure?what=prone_phone",
)


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("cookie", [None, "hipbook=x", "{name}={token}"])
def test_without_the_token_nothing_is_served_and_the_answer_says_what_to_do(page, path, cookie):
    # The token itself is no cookie: what the browser keeps is made from it.
    cookie = cookie and cookie.format(name=page.cookie().partition("=")[0], token=TOKEN)
    for method in ("GET", "POST"):
        answer, content = page.ask(method, path, b"" if method == "POST" else None, Cookie=cookie)
        assert answer.status == 403
        assert "open the whole address that hipbook shows" in content
        assert "player-data" not in content


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        (None, "en"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("pt, FR-ca;q=0.5, es; q=0.7", "es"),
        ("fr;q=0, nl", "en"),
        ("../fr;q=x, *;q=0.1, \xff, de;q=nan, fr ;q=0.001", "fr"),
        ("de;" * 10_000, "en"),
    ],
)
def test_who_is_refused_is_told_so_in_a_language_of_theirs(page, asked, language):
    answer, content = page.ask("GET", "/", Accept_Language=asked)
    assert answer.status == 403
    assert f'<html lang="{language}">' in content
    assert text("page.locked", language=language) in content
    answer, content = page.send({"kind": "rows", "rows": []}, Cookie="old=cookie", Accept_Language=asked)
    assert json.loads(content) == [
        {"kind": "not_saved", "key": "page.locked", "why": text("page.locked", language=language)}
    ]


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], f"{TOKEN}x", "\N{SNOWMAN}", "%ff"])
def test_a_wrong_token_is_refused_even_with_a_right_cookie(page, token):
    query = token if token == "%ff" else urlencode({"t": token})[2:]
    answer, content = page.visit(f"/?token={query}")
    assert answer.status in (400, 403)
    assert "Set-Cookie" not in answer.headers
    assert "player-data" not in content


def test_the_token_becomes_a_cookie_that_scripts_and_other_sites_cannot_use(page):
    answer, _ = page.ask("GET", f"/?token={TOKEN}")
    assert (answer.status, answer.headers["Location"]) == (302, "/")
    assert TOKEN not in answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(answer.headers["Set-Cookie"].split("; "))


def test_the_cookie_or_the_token_in_a_header_lets_in(page):
    assert page.visit()[0].status == 200
    assert page.ask("GET", "/", Authorization=f"token {TOKEN}")[0].status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "", None, "[::1"]
)
def test_a_name_that_is_not_ours_is_refused(page, host):
    """A page elsewhere may point its own name at this computer; then the browser says that name."""
    answer, content = page.visit(Host=host and host.format(port=page.port))
    assert answer.status in (400, 403)
    assert "player-data" not in content


def test_our_other_name_is_served(page):
    assert page.visit(Host=f"LocalHost:{page.port}")[0].status == 200


# --- the page


def test_the_page_carries_the_players_data_and_no_address_of_elsewhere(page, learner):
    answer, content = page.visit()
    assert answer.status == 200
    data = data_of(content)
    assert (data["key"], data["place"], data["workspace_id"]) == ("no_floor", "page", learner.id)
    assert data["saves"] is True
    assert '<html lang="en">' in content
    assert text("safety.education") in content
    assert TOKEN not in content
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", content)


def test_the_address_may_name_another_routine(page, learner):
    own_routines.save(learner.folder, "My </script> & evening", choices_of("hip_flexor_standing"))
    try:
        token = urlencode({"token": TOKEN, "what": "My </script> & evening"})
        answer, _ = page.ask("GET", f"/?{token}")
        assert answer.status == 302
        answer, content = page.visit(answer.headers["Location"])
        assert data_of(content)["name"] == "My </script> & evening"
        assert "<title>My &lt;/script&gt; &amp; evening" in content
    finally:
        (learner.folder / own_routines.FILE).unlink()


def test_a_routine_that_there_is_not_is_one_sentence(page):
    answer, content = page.visit("/?what=%3Cb%3Esplits")
    assert answer.status == 404
    assert "got &lt;b&gt;splits" in content


@pytest.mark.parametrize("path", ["/", "/player.js", "/nothing", "/messages"])
def test_every_answer_forbids_strangers_caches_and_frames(page, path):
    answer, _ = page.visit(path)
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["form-action"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["style-src"] == "'self'"
    assert policy["worker-src"] == "blob:"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in answer.headers


@pytest.mark.parametrize(("name", "kind"), server.FILES.items())
def test_the_pages_own_files_are_served_as_what_they_are(page, name, kind):
    answer, content = page.visit(f"/{name}")
    assert (answer.status, answer.headers["Content-Type"]) == (200, f"{kind}; charset=utf-8")
    assert content == (server.STATIC / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", ["/explorer.js", "/../guide.py", "/%2e%2e/%2e%2e/guide.py", "/player.js/", "//"]
)
def test_no_other_file_is_served(page, path):
    assert page.visit(path)[0].status == 404


# --- messages


def test_rows_that_come_twice_are_saved_twice_and_written_once(page):
    for _ in range(2):
        answer, content = page.send({"kind": "rows", "rows": [hold(1), hold(2)]})
        assert answer.status == 200
        [saved] = json.loads(content)
        assert (saved["kind"], saved["table"], saved["ids"]) == ("saved", "holds", ["s1-001", "s1-002"])
        assert saved["notes"] == []
    assert page.rows() == ["s1-001", "s1-002"]


def test_rows_that_come_from_many_tabs_at_once_are_written_once_each(page):
    messages = [{"kind": "rows", "rows": [hold(number), hold(number + 1)]} for number in range(1, 9)]
    senders = [threading.Thread(target=page.send, args=(message,)) for message in messages]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(page.rows()) == [f"s1-{number:03d}" for number in range(1, 10)]


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://evil.example",
        "https://127.0.0.1:{port}",
        "http://localhost:{port}",
        "http://127.0.0.1",
    ],
)
def test_a_message_that_another_site_sends_is_refused(page, origin):
    answer, content = page.send(
        {"kind": "rows", "rows": [hold(1)]}, Origin=origin and origin.format(port=page.port)
    )
    assert answer.status == 403
    assert [reply["kind"] for reply in json.loads(content)] == ["not_saved"]
    assert page.rows() == []


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_a_message_that_a_plain_form_could_send_is_refused(page, kind):
    answer, _ = page.send({"kind": "rows", "rows": [hold(1)]}, Content_Type=kind)
    assert answer.status == 415
    assert page.rows() == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_message_that_is_no_json_is_answered_in_one_sentence(page, body):
    answer, content = page.send(body)
    assert answer.status == 400
    assert json.loads(content) == [
        {"kind": "not_saved", "key": "page.no_message", "why": text("page.no_message")}
    ]


@pytest.mark.parametrize("message", [None, [], 5, {}, {"kind": "dance"}, {"kind": "rows", "rows": 5}])
def test_a_message_that_means_nothing_does_no_harm(page, message):
    answer, _ = page.send(message)
    assert answer.status == 200
    assert page.visit()[0].status == 200


def test_a_message_that_is_too_long_is_refused_and_the_next_is_read(page):
    long = {"kind": "rows", "rows": [hold(1)], "more": "x" * server.BODY_MAX}
    try:
        answer, _ = page.send(long)
        assert answer.status in (400, 413)
    except (ConnectionError, http.client.HTTPException):
        pass  # it hung up in the middle of the message
    assert page.rows() == []
    assert page.send({"kind": "rows", "rows": [hold(1)]})[0].status == 200


def test_a_message_without_the_key_is_told_to_open_the_whole_address(page):
    answer, content = page.send({"kind": "rows", "rows": [hold(1)]}, Cookie="old=cookie")
    assert answer.status == 403
    assert json.loads(content) == [{"kind": "not_saved", "key": "page.locked", "why": text("page.locked")}]


def test_while_the_disk_is_slow_the_page_is_still_served(learner):
    """And what had arrived is written, even when hipbook is ended meanwhile."""
    app = server.application(learner, "no_floor", TOKEN, NAMES)
    arrived, disk = threading.Event(), threading.Event()
    written = []

    class Slow:
        def answer(self, message):
            arrived.set()
            assert disk.wait(30)
            written.append(message)
            return []

    app.settings["recorder"] = Slow()
    with serving(app) as port:
        page = Served(learner, port)
        sender = threading.Thread(target=page.send, args=({"kind": "rows"},))
        sender.start()
        assert arrived.wait(30)
        assert page.visit("/player.js")[0].status == 200
        disk.set()
    sender.join()
    assert written == [{"kind": "rows"}]


# --- the page that measures


def test_the_page_that_measures_carries_its_own_data_and_panel(page):
    answer, content = page.visit("/measure?what=prone_phone")
    data = data_of(content)
    assert (answer.status, data["test"], data["place"]) == (200, "prone_phone", "page")
    assert (data["workspace_id"], data["saves"]) == (page.learner.id, True)
    assert 'data-widget="measure.js"' in content
    assert 'href="measure.style.css"' in content
    assert f"<h2>{text('measuring.title')}</h2>" in content
    assert data_of(page.visit("/measure")[1])["test"] == "thomas_trig"


def test_a_test_that_there_is_not_is_refused_in_a_sentence(page):
    answer, content = page.visit("/measure?what=splits")
    assert answer.status == 404
    assert "There is no such test. Details: test must be one of thomas_trig" in content


@pytest.mark.parametrize(
    ("what", "left"), [("thomas_trig", "/measure"), ("prone_phone", "/measure?what=prone_phone")]
)
def test_the_key_of_the_page_that_measures_leaves_the_address_with_the_first_visit(page, what, left):
    answer, _ = page.ask("GET", f"/measure?what={what}&token={TOKEN}")
    assert (answer.status, answer.headers["Location"]) == (302, left)
    assert "HttpOnly" in answer.headers["Set-Cookie"]


def test_a_reading_that_the_page_sends_is_written_and_answered_with_its_meaning(page):
    inputs = {"angle_deg": 12, "knee": "below"}
    row = {
        "id": "m1",
        "measured_at": "2026-11-23T07:20:00+01:00",
        "local_date": "2026-11-23",
        "test": "thomas_goniometer",
        "side": "left",
        "trial": 1,
        "quantity": "hip_extension",
        "value_deg": 12,
        "inputs": json.dumps(inputs),
    }
    answer, content = page.send({"kind": "rows", "rows": [{"table": "measurements", "row": row}]})
    assert (answer.status, [reply["kind"] for reply in json.loads(content)]) == (200, ["saved", "readings"])
    written = (page.learner.log_folder / "measurements.csv").read_text(encoding="utf-8")
    assert written.count("m1,2026-11-23") == 1
