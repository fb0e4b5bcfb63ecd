"""The certificate for the network: right for this computer, renewed in time, and its key stays private."""

from __future__ import annotations

import os
import socket
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from served_page import NAMES, TOKEN, serving

from hipbook import workspace
from hipbook.page import certificate, server
from hipbook.page.certificate import FILE, prepared

PLACE = (["kitchen", "kitchen.local"], ["192.168.7.20", "127.0.0.1"])


def present(folder) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / FILE).read_bytes())


def test_it_is_for_the_names_and_addresses_of_this_computer_and_for_no_other_use(tmp_path):
    prepared(tmp_path, *PLACE)
    extensions = present(tmp_path).extensions
    names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == PLACE[0]
    assert list(map(str, names.get_values_for_type(x509.IPAddress))) == PLACE[1]
    assert extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert list(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [
        x509.ExtendedKeyUsageOID.SERVER_AUTH
    ]


def test_it_is_valid_already_and_no_longer_than_tablets_accept(tmp_path):
    prepared(tmp_path, *PLACE)
    made, now = present(tmp_path), datetime.now(UTC)
    assert made.not_valid_before_utc < now < made.not_valid_after_utc
    assert made.not_valid_after_utc - made.not_valid_before_utc < timedelta(days=398)


def test_the_fingerprint_is_the_one_that_a_browser_shows(tmp_path):
    shown = prepared(tmp_path, *PLACE).fingerprint
    assert shown.replace(":", "").lower() == present(tmp_path).fingerprint(hashes.SHA256()).hex()
    assert shown == shown.upper()
    assert shown.count(":") == 31


def test_it_stays_the_same_as_long_as_it_is_right(tmp_path):
    first = prepared(tmp_path, *PLACE)
    assert prepared(tmp_path, PLACE[0][::-1], PLACE[1]).fingerprint == first.fingerprint


@pytest.mark.parametrize("content", [b"", b"not a certificate", "half"])
def test_one_that_cannot_be_used_is_made_anew(tmp_path, content):
    first = prepared(tmp_path, *PLACE)
    whole = (tmp_path / FILE).read_bytes()
    half = whole[whole.index(b"-----BEGIN CERTIFICATE") :]  # without its key
    (tmp_path / FILE).write_bytes(half if content == "half" else content)
    again = prepared(tmp_path, *PLACE)
    assert again.fingerprint != first.fingerprint
    again.context()


def test_it_is_renewed_when_the_network_gives_another_address(tmp_path):
    first = prepared(tmp_path, *PLACE)
    again = prepared(tmp_path, PLACE[0], ["10.0.0.9", "127.0.0.1"])
    assert again.fingerprint != first.fingerprint


def test_it_is_renewed_before_it_ends(tmp_path, monkeypatch):
    first = prepared(tmp_path, *PLACE)
    monkeypatch.setattr(certificate, "RENEWED_BEFORE", certificate.VALID + timedelta(hours=1))
    assert prepared(tmp_path, *PLACE).fingerprint != first.fingerprint


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folders of a person private by other means")
def test_only_its_owner_may_read_the_key_even_when_others_were_let_in(tmp_path):
    prepared(tmp_path, *PLACE)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    (tmp_path / FILE).chmod(0o644)
    prepared(tmp_path, *PLACE)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_page_with_it_is_encrypted_and_its_cookie_never_goes_in_the_clear(tmp_path):
    learner, _ = workspace.create(tmp_path / "workbook")
    identity = prepared(learner.folder, *PLACE)
    app = server.application(learner, "no_floor", TOKEN, NAMES, "https")
    with serving(app, tls=identity.context()) as port:
        answer = ask(port, identity.file)
    assert " 302 " in answer
    assert "; Secure" in answer


def ask(port: int, file) -> str:
    # The certificate vouches for itself, and names this computer's own address.
    context = ssl.create_default_context(cadata=file.read_text())
    plain = socket.create_connection(("127.0.0.1", port), timeout=30)
    with context.wrap_socket(plain, server_hostname="127.0.0.1") as line, line.makefile("rb") as answer:
        line.sendall(f"GET /?token={TOKEN} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        return answer.read().decode()
