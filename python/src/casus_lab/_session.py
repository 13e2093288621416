"""One process of casus that answers one question after another."""

from __future__ import annotations

import atexit
import datetime
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from ._base import Finding, decode
from ._errors import CasusError, Mistake, ModelError, ProgramError, QuestionError, Remark, interrupted
from ._findings import KINDS
from ._program import program
from ._progress import Tell, progress

VERSION = 2
"""The version of findings that this package reads."""

PATIENCE = 20.0
"""Seconds that a question that is called off may still take before the process is ended."""


@dataclass
class Running:
    """A process and what it writes."""

    process: subprocess.Popen[bytes]
    lines: queue.Queue[bytes | None]
    errors: IO[bytes]
    where: tuple[str, str, int]  # program, folder, the process that started it


class Session:
    """A process ``casus serve``. It is started by the first question and again when it
    has ended, when the working folder has changed, and after a fork. Questions of
    several threads are answered one after another. Most callers need none: the
    functions of this package share one.

    >>> with Session() as s:
    ...     s.ask("owed", date="2026-07-01", state="FRA").kind
    'owed'
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: Running | None = None
        self._count = 0
        atexit.register(self.close)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        atexit.unregister(self.close)

    def ask(self, question: str, /, *, progress: bool | Tell | None = None, **settings: Any) -> Finding:
        """Asks by name; docs/serve.md lists names and settings. Settings that are None
        are left out. An interrupt (Ctrl-C) calls the question off and leaves the
        process ready for the next; the KeyboardInterrupt says what is kept, and has the
        folder of it as ``record`` (None where nothing is)."""
        return finding(self.reply(question, settings, progress))

    def reply(self, question: str, settings: Mapping[str, Any], tell: bool | Tell | None = None) -> dict[str, Any]:
        """The answer as it was written, with its text and picture."""
        to = progress(tell)
        with self._lock:
            running = self._process()
            self._count += 1
            line = {
                "id": self._count,
                "ask": question,
                "with": {k: v for k, v in settings.items() if v is not None},
                "also": ["text", "svg"],
                "progress": to.wanted,
            }
            said: list[str] = []
            try:
                self._write(running, line)
                return self._answer(running, to, said)
            except KeyboardInterrupt as e:
                if hasattr(e, "record"):  # called off by somebody else than this package
                    raise
                raise self._called_off(running, said) from None
            except CasusError as e:
                e.remark(said)
                raise
            finally:
                to.close()

    def _answer(self, running: Running, to: Any, said: list[str]) -> dict[str, Any]:
        """Reads up to the finding or the error of the question asked last."""
        while True:
            reply = self._read(running)
            if reply.get("id") != self._count:
                continue  # of a question that was called off
            if "progress" in reply:
                to(reply["progress"]["done"], reply["progress"]["total"])
            elif "said" in reply:
                said.append(reply["said"])
            elif "problem" in reply:
                said.append(str(_mistake(reply["problem"])))
            elif "error" in reply:
                raise _error(reply["error"], said, running)
            else:
                for words in said:
                    warnings.warn(words, Remark, stacklevel=_asking())
                return reply

    def _process(self) -> Running:
        where = (program(), os.getcwd(), os.getpid())
        r = self._running
        if r is not None and (r.where != where or r.process.poll() is not None):
            if r.where[2] == where[2]:  # after a fork it is another's
                self._end()
            self._running = r = None
        if r is None:
            self._running = r = _start(where)
        return r

    def _write(self, r: Running, line: dict[str, Any]) -> None:
        text = json.dumps(line, allow_nan=False, default=_plain).encode() + b"\n"
        try:
            assert r.process.stdin is not None
            r.process.stdin.write(text)
            r.process.stdin.flush()
        except OSError:
            raise self._died(r) from None

    def _read(self, r: Running) -> dict[str, Any]:
        while True:
            try:
                line = r.lines.get(timeout=0.2)  # so that an interrupt comes through everywhere
                break
            except queue.Empty:
                continue
        if line is None:
            raise self._died(r)
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _called_off(self, r: Running, said: list[str]) -> KeyboardInterrupt:
        """Calls off the question asked last, and gives what casus says of it. A second
        interrupt, or one that takes too long to be heard, ends the process; the next
        question starts another."""
        try:
            self._write(r, {"id": self._count, "cancel": True})
            while True:
                line = r.lines.get(timeout=PATIENCE)
                if line is None:
                    raise self._died(r)
                reply = json.loads(line)
                if reply.get("id") != self._count:
                    continue
                if "said" in reply:
                    said.append(reply["said"])
                elif "error" in reply:
                    return _interrupted(reply["error"], said, r)
                elif "finding" in reply:  # it was there before the interrupt
                    return interrupted(said)
        except (KeyboardInterrupt, queue.Empty, CasusError):
            self._end()
            return interrupted([*said, "casus was ended before it could say what is kept"])

    def _died(self, r: Running) -> ProgramError:
        code = r.process.wait()
        r.errors.seek(0)
        last = r.errors.read()[-2000:].decode(errors="replace").strip()
        self._running = None
        return ProgramError(f"casus ended with {code} in the middle of an answer" + (f":\n{last}" if last else ""))

    def _end(self) -> None:
        r, self._running = self._running, None
        if r is None:
            return
        r.process.kill()
        r.process.wait()

    def close(self) -> None:
        """Ends the process. The next question starts another."""
        r, self._running = self._running, None
        if r is None or r.where[2] != os.getpid():
            return
        try:
            assert r.process.stdin is not None
            r.process.stdin.close()
            r.process.wait(timeout=1)
        except (OSError, subprocess.TimeoutExpired):
            r.process.kill()
            r.process.wait()


def _start(where: tuple[str, str, int]) -> Running:
    errors = tempfile.TemporaryFile()
    # a group of its own: Ctrl-C is for Python, which calls the question off
    apart: dict[str, Any] = {"start_new_session": True}
    if os.name == "nt":
        apart = {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    process = subprocess.Popen(
        [where[0], "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, **apart
    )
    lines: queue.Queue[bytes | None] = queue.Queue()
    threading.Thread(target=_listen, args=(process.stdout, lines), daemon=True).start()
    return Running(process, lines, errors, where)


def _listen(out: IO[bytes], to: queue.Queue[bytes | None]) -> None:
    for line in out:
        to.put(line)
    to.put(None)


def _asking() -> int:
    """How many calls above its caller the line stands that asked: outside this package,
    whichever of its functions was called."""
    here = os.path.dirname(os.path.abspath(__file__)) + os.sep
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and os.path.abspath(frame.f_code.co_filename).startswith(here):
        level, frame = level + 1, frame.f_back
    return level


def finding(reply: Mapping[str, Any]) -> Finding:
    """The finding in an answer, as an object of its kind."""
    raw = reply["finding"]
    if raw["version"] != VERSION:
        raise ProgramError(f"casus writes findings of version {raw['version']}, and this package reads version {VERSION}")
    made = KINDS.get(raw["kind"], Finding)
    return decode(made, raw, _raw=raw, _text=reply.get("text", ""), _svg=reply.get("svg", ""))


def _mistake(m: Mapping[str, Any]) -> Mistake:
    return Mistake(m["text"], m["hint"], m["file"], m["line"], m["column"], m["heading"])


def _interrupted(e: Mapping[str, Any], said: list[str], r: Running) -> KeyboardInterrupt:
    folder = e.get("record")
    return interrupted(said, os.path.join(r.where[1], folder) if folder else None)


def _error(e: Mapping[str, Any], said: list[str], r: Running) -> BaseException:
    if e["code"] == 130:  # by somebody else than this package
        return _interrupted(e, said, r)
    kind = QuestionError if e["code"] == 2 else ModelError
    return kind(e["text"], tuple(_mistake(m) for m in e["mistakes"]))


def _plain(x: Any) -> Any:
    """What JSON has no form for: dates (of a moment its day), paths, numpy numbers, sets."""
    if isinstance(x, datetime.datetime):  # a Timestamp of pandas too
        return x.isoformat()[:10]
    if type(x).__name__ == "datetime64":
        return str(x).partition("T")[0]
    for method in ("isoformat", "__fspath__", "item"):
        if callable(do := getattr(x, method, None)):
            return do()
    if isinstance(x, (set, frozenset, tuple)):
        return list(x)
    raise TypeError(f"casus takes texts, numbers, dates and lists of texts, not {type(x).__name__}")
