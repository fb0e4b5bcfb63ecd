"""A file that only its owner may read, put in place whole."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

__all__ = ["write_privately"]


def write_privately(path: Path, content: bytes) -> None:
    """Write a whole file of which nobody else on this computer ever sees a part.

    Raises
    ------
    OSError
        When the folder cannot be written; nothing is left behind.
    """
    passing = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        descriptor = os.open(
            passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        passing.replace(path)
    except OSError:
        with suppress(OSError):
            passing.unlink(missing_ok=True)
        raise
