"""What can go wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong, where it stands, and what to do next. ``line`` and
    ``column`` count from 1; 0 where it has no place."""

    text: str
    hint: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    heading: str = ""

    def __str__(self) -> str:
        place = ":".join(str(x) for x in (self.file, self.line, self.column) if x)
        return (f"{place}: " if place else "") + self.text + (f" ({self.hint})" if self.hint else "")


class CasusError(Exception):
    """Casus cannot answer. ``mistakes`` has all that is wrong, ``code`` is the exit code
    of the command line, ``said`` what casus said on the way."""

    code = 1

    def __init__(self, text: str, mistakes: tuple[Mistake, ...] = ()) -> None:
        super().__init__(text)
        self.mistakes = mistakes
        self.said: tuple[str, ...] = ()

    def remark(self, said: list[str]) -> None:
        """Adds what was said before; a traceback shows it below the error."""
        known = {str(m) for m in self.mistakes}
        self.said = tuple(words for words in said if words not in known)
        if hasattr(self, "add_note"):  # from Python 3.11 on
            for words in self.said:
                self.add_note(words)

    def rename(self, path: str, name: str) -> None:
        """Calls a file that will not be there any more by another name."""
        self.args = tuple(str(a).replace(path, name) for a in self.args)
        self.mistakes = tuple(replace(m, text=m.text.replace(path, name), file=m.file.replace(path, name)) for m in self.mistakes)
        self.said = tuple(words.replace(path, name) for words in self.said)
        notes = vars(self).get("__notes__", [])
        notes[:] = [words.replace(path, name) for words in notes]

    @property
    def hint(self) -> str:
        """What to do next; "" where nothing comes to mind."""
        return "; ".join(m.hint for m in self.mistakes if m.hint)

    @property
    def position(self) -> tuple[str, int, int] | None:
        """File, line and column of the first mistake that has a place."""
        for m in self.mistakes:
            if m.file:
                return m.file, m.line, m.column
        return None


class QuestionError(CasusError, ValueError):
    """The question cannot be asked: a name that nothing has, a number out of range."""

    code = 2


class ModelError(CasusError):
    """A model file or the data are at fault."""


class ProgramError(CasusError):
    """The program ended in the middle of an answer, or speaks another language."""


class ProgramNotFound(CasusError, FileNotFoundError):
    """There is no program casus. ``looked`` lists the places, in order."""

    def __init__(self, looked: list[str]) -> None:
        super().__init__(
            "the program casus was not found; install casus-lab from a wheel of this platform, "
            "put casus on PATH, or set CASUS_BINARY to it. Looked at:\n  " + "\n  ".join(looked)
        )
        self.looked = looked


def interrupted(said: list[str], record: str | None = None) -> KeyboardInterrupt:
    """An interrupt with what casus said of it, and as ``record`` the folder of what a run
    had done. It is no class of its own: of another than KeyboardInterrupt itself Python
    would not end as one that was interrupted does, and a loop of a shell would go on."""
    e = KeyboardInterrupt(*(["; ".join(said)] if said else []))
    vars(e).update(said=tuple(said), record=record)
    return e


class Remark(UserWarning):
    """Something that casus says on the way to an answer."""
