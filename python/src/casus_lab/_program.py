"""Where the program is.

A wheel puts it among the scripts of the environment it is installed into, and which
folder that is depends on how it was installed. What goes wrong elsewhere: the folder of
the running interpreter is not that of the package (``--user``, a venv that sees the
system's packages), ``--target`` has a folder of its own, Windows says Scripts, and an
older casus stands first on PATH. So the list of installed files is asked first, and
PATH last.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from ._errors import ProgramNotFound

DISTRIBUTION = "casus-lab"


def program() -> str:
    """The path of the program casus. CASUS_BINARY comes first, PATH last."""
    looked: list[str] = []
    asked = os.environ.get("CASUS_BINARY")
    if asked:
        if (found := _runnable(Path(asked).expanduser())) is None:
            raise ProgramNotFound([f"{asked} (CASUS_BINARY)"])
        return str(found)
    for place in _places():
        if (found := _runnable(place)) is not None:
            return str(found)
        if str(place) not in looked:
            looked.append(str(place))
    on_path = shutil.which("casus")
    if on_path is None:
        raise ProgramNotFound([*looked, "PATH"])
    return on_path


def _runnable(p: Path) -> Path | None:
    try:
        return p.absolute() if p.is_file() and os.access(p, os.X_OK) else None
    except OSError:
        return None


def _name() -> str:
    return "casus.exe" if os.name == "nt" else "casus"


def _places() -> Iterator[Path]:
    yield from _recorded()
    for scheme in ("venv", sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user")):
        if scheme in sysconfig.get_scheme_names():
            yield Path(sysconfig.get_path("scripts", scheme)) / _name()
    # beside the package: --target puts scripts into a folder "bin" of its own, and
    # overlays such as those of uv or conda may keep them two or four floors up
    here = Path(__file__).resolve().parent.parent
    for up in (here, *list(here.parents)[:4]):
        for folder in ("bin", "Scripts"):
            yield up / folder / _name()
    yield Path(sys.executable).parent / _name()


def _recorded() -> Iterator[Path]:
    """The program as the list of installed files has it."""
    try:
        files = metadata.files(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return
    for f in files:
        if f.name.lower() == _name():
            yield Path(str(f.locate()))
