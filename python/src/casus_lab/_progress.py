"""How far a question has come: in a notebook, on a terminal, or to a function."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from typing import Any

Tell = Callable[[int, int], None]


class Quiet:
    """Nobody is told."""

    wanted = False

    def __call__(self, done: int, total: int) -> None:
        return

    def close(self) -> None:
        return


class Given(Quiet):
    """A function of the caller's is told."""

    wanted = True

    def __init__(self, tell: Tell) -> None:
        self.tell = tell

    def __call__(self, done: int, total: int) -> None:
        self.tell(done, total)


class Terminal(Quiet):
    """A line on standard error, for what takes over a second."""

    wanted = True

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.shown = False

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.began > 1:
            full = 40 * done // max(total, 1)
            sys.stderr.write(f"\r{'█' * full}{'░' * (40 - full)} {100 * done // max(total, 1):3d} %")
            sys.stderr.flush()
            self.shown = True

    def close(self) -> None:
        if self.shown:
            sys.stderr.write("\r" + " " * 48 + "\r")
            sys.stderr.flush()


class Notebook(Quiet):
    """A bar below the cell, which goes when the answer is there."""

    wanted = True

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.handle: Any = None

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.began < 1:
            return
        bar = _ipython().HTML(f'<progress value="{done}" max="{total}"></progress> {100 * done // max(total, 1)} %')
        if self.handle is None:
            self.handle = _ipython().display(bar, display_id=True)
        else:
            self.handle.update(bar)

    def close(self) -> None:
        if self.handle is not None:
            self.handle.update(_ipython().HTML(""))


def _ipython() -> Any:
    return importlib.import_module("IPython.display")


def progress(asked: bool | Tell | None) -> Quiet:
    """Who is told: a function, nobody (False), or whoever is there to see (None, True)."""
    if callable(asked):
        return Given(asked)
    if asked is False:
        return Quiet()
    if _in_notebook():
        return Notebook()
    if asked or sys.stderr.isatty():
        return Terminal()
    return Quiet()


def _in_notebook() -> bool:
    shell = sys.modules.get("IPython")
    if shell is None:
        return False
    running = shell.get_ipython()
    return running is not None and type(running).__name__ == "ZMQInteractiveShell"
