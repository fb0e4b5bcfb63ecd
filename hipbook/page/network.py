"""What this computer is called by others in its network."""

from __future__ import annotations

import re
import socket

__all__ = ["addresses", "names"]

ELSEWHERE = ("192.0.2.1", 9)
"""An address that belongs to nobody: asking the way there sends nothing."""

NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")


def addresses() -> list[str]:
    """Return the IPv4 addresses of this computer, the one that its network uses first; none without one."""
    found = [_way_out(), *_listed()]
    return [one for one in dict.fromkeys(found) if one and not one.startswith(("127.", "0."))]


def names() -> list[str]:
    """Return the host name, and the name under which many networks find it by themselves."""
    name = socket.gethostname().lower()
    if not NAME.fullmatch(name):
        return []
    return [name] if "." in name else [name, f"{name}.local"]


def _way_out() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
            return probe.getsockname()[0]
        except OSError:
            return None


def _listed() -> list[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []
