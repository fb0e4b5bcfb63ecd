"""The certificate that this computer gives itself, so that a tablet's browser talks to it encrypted.

Browsers keep the screen on, and lead one tab at a time, only on encrypted pages.
"""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hipbook.page.private import write_privately

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, GeneralName

__all__ = ["FILE", "Identity", "prepared"]

FILE = ".hipbook.certificate.pem"
"""Key and certificate, in the workspace; readable by its owner only."""

VALID = timedelta(days=365)
"""Some tablets refuse certificates that are valid for longer than about two years."""

RENEWED_BEFORE = timedelta(days=14)


@dataclass(frozen=True)
class Identity:
    """What a server shows of itself: the file for TLS, and the fingerprint for people to compare."""

    file: Path
    fingerprint: str

    def context(self) -> ssl.SSLContext:
        """Return what a server needs for TLS."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.file)
        return context


def prepared(folder: Path, names: list[str], addresses: list[str]) -> Identity:
    """Return the workspace's certificate, made anew when it is not (or not much longer) right.

    Parameters
    ----------
    folder : Path
        Of the workspace.
    names, addresses : list of str
        Host names and IP addresses that it has to be valid for.

    Raises
    ------
    ModuleNotFoundError
        When ``cryptography`` is not installed.
    OSError
        When the file cannot be written.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    wanted: list[GeneralName] = [x509.DNSName(name) for name in names]
    wanted += [x509.IPAddress(ipaddress.ip_address(address)) for address in addresses]
    path = folder / FILE
    present = _read(path)
    if present is None or not _is_right(present, wanted):
        key, present = _made(wanted)
        write_privately(path, key + _pem(present))
    return Identity(path, present.fingerprint(hashes.SHA256()).hex(":").upper())


def _read(path: Path) -> Certificate | None:
    """Return the certificate that is there, unless it, or its key, cannot be used."""
    from cryptography import x509

    try:
        present = x509.load_pem_x509_certificate(path.read_bytes())
        Identity(path, "").context()
    except (OSError, ValueError):  # ssl.SSLError is an OSError
        return None
    path.chmod(0o600)
    return present


def _is_right(present: Certificate, wanted: list[GeneralName]) -> bool:
    from cryptography import x509

    now = datetime.now(UTC)
    in_time = present.not_valid_before_utc <= now < present.not_valid_after_utc - RENEWED_BEFORE
    return in_time and set(
        present.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    ) == set(wanted)


def _made(valid_for: list[GeneralName]) -> tuple[bytes, Certificate]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    us = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hipbook on this computer")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(us)
        .issuer_name(us)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # a tablet's clock may be behind
        .not_valid_after(now + VALID)
        .add_extension(x509.SubjectAlternativeName(valid_for), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoded = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return encoded, certificate


def _pem(certificate: Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)
