"""Bytes that stay: a lock beside a file, and appending that happens or does not."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import lock_descriptor, unlock_descriptor

__all__ = ["LOCK_TIMEOUT_S", "LogBusyError", "LogWriteError", "append", "locked"]

LOCK_TIMEOUT_S = 10.0
"""How long an append waits for another program to finish its own."""

POLL_S = 0.005

FULL = "free some disk space"
CURES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: FULL,
    errno.EFBIG: "move the log to a disk that takes larger files",
    errno.ENOENT: "make the folder first, or open the workspace with `hipbook`",
    errno.ENOTDIR: "choose a folder",
    errno.EROFS: "choose a workspace on a disk that may be written",
}


class LogWriteError(OSError):
    """The log could not be written; nothing of this append was kept.

    Attributes
    ----------
    cause : str
        What a panel has words for: ``busy``, ``full``, ``not_writable``, or ``other``.
    """

    def __init__(self, path: Path, problem: str, cure: str, cause: str = "other"):
        self.path, self.problem, self.cure, self.cause = path, problem, cure, cause
        super().__init__(f"{path.name} must be writable, got '{path}' ({problem}): {cure}; nothing was saved")


class LogBusyError(LogWriteError):
    """Another program held the log's lock for too long."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file, ``.<name>.lock`` beside it, against all other threads and processes.

    Raises
    ------
    LogBusyError
        When the lock is not free within `LOCK_TIMEOUT_S`.
    LogWriteError
        When no lock can be made there, or an `OSError` happens while it is held.
    """
    try:
        if not path.parent.is_dir():
            path.parent.mkdir()
        # Not a FileLock, which finds its way to the file anew each time: that takes as long as a quick disk.
        descriptor = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _wait_for(descriptor, path)
            try:
                yield
            finally:
                unlock_descriptor(descriptor)
        finally:
            os.close(descriptor)
    except LogWriteError:
        raise
    except OSError as error:
        cure = CURES.get(error.errno, "close it in other programs, or allow writing to this folder")
        cause = "full" if cure == FULL else "other" if error.errno in CURES else "not_writable"
        raise LogWriteError(path, error.strerror or str(error), cure, cause) from error


def _wait_for(descriptor: int, path: Path) -> None:
    until = time.monotonic() + LOCK_TIMEOUT_S
    while not lock_descriptor(descriptor, blocking=False):
        if time.monotonic() >= until:
            problem = f"another program has kept it locked for {LOCK_TIMEOUT_S:g} s"
            raise LogBusyError(path, problem, "close other notebooks that use it, and try again", "busy")
        time.sleep(POLL_S)


def append(path: Path, content: bytes) -> os.stat_result:
    """Add bytes at the end of a file and wait until the disk has them; on failure restore its length.

    Call it while holding the file's lock.

    Returns
    -------
    os.stat_result
        Of the file, after the append.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0))
    try:
        former_size = os.fstat(descriptor).st_size
        try:
            written = os.write(descriptor, content)
            if written != len(content):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, former_size)
                os.fsync(descriptor)
            raise
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)
