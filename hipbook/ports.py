"""The port of a workspace: chosen once, the same ever after, since a browser keeps things by address."""

from __future__ import annotations

import os

__all__ = ["HOST", "PORTS", "choose", "is_free", "of_page", "of_show"]

HOST = "127.0.0.1"
"""Only this computer; by number, since a browser takes `localhost` for another place."""

PORTS = range(20_000, 29_000)
"""TCP ports below those that systems lend out; browsers refuse none of them."""


SHOWN = 3_000
"""How many ports above `PORTS` there are below those that systems lend out."""

REFUSED = (10_080,)
"""Ports from 10,000 to 18,999 that browsers refuse to open."""


def choose() -> int | None:
    """Return a random port that is free now, or None when many tries found none."""
    import secrets

    tries = (secrets.choice(PORTS) for _ in range(100))
    return next((port for port in tries if is_free(port)), None)


def of_page(port: int) -> int:
    """Return the port of the player's own page, below those of `PORTS`, for a workspace of this port.

    Two workspaces of `PORTS` never get the same one.
    """
    page = 10_000 + port % len(PORTS)
    return 19_000 + page % 1000 if page in REFUSED else page


def of_show(port: int) -> int:
    """Return the port at which a workspace of this port shows lessons without their code, above `PORTS`.

    Three workspaces may share one; browsers refuse none of them.
    """
    return PORTS.stop + port % SHOWN


def is_free(port: int) -> bool:
    """Return whether nothing on this computer listens at a TCP port now."""
    import socket

    with socket.socket() as probe:
        if os.name != "nt":
            # Otherwise a port that a server has just left counts as taken for a minute.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
