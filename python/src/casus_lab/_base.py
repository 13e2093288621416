"""What every finding has in common, and how JSON becomes objects."""

from __future__ import annotations

import base64
import dataclasses
import html
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

P = TypeVar("P", bound="Part")


@dataclass(frozen=True, repr=False, kw_only=True)
class Part:
    """A part of a finding. Fields are named as in docs/findings.md of casus; one whose
    name is a word of Python ends with a line: ``from_``."""

    def as_dict(self) -> dict[str, Any]:
        """The fields by name, nested parts as dictionaries."""
        return dataclasses.asdict(self)

    def __repr__(self) -> str:
        """What is not empty; of nested parts only that they are there."""
        said = [(f.name, getattr(self, f.name)) for f in dataclasses.fields(self) if not f.name.startswith("_")]
        return f"{type(self).__name__}({', '.join(f'{n}={_short(x)}' for n, x in said if x not in (None, '', [], {}))})"


@dataclass(frozen=True, repr=False, kw_only=True)
class Estimate(Part):
    """A number and the interval about it; None where it is not defined."""

    value: float | None = None
    lo: float | None = None
    hi: float | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class File(Part):
    """A file that a finding was made from."""

    name: str
    sha256: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Caution(Part):
    """A doubt that has to be read beside the result. ``kind`` is one of a list, for
    sorting and counting; ``about`` is empty where it is about the whole."""

    kind: str
    about: str
    text: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Option(Part):
    """An option by name and title."""

    option: str
    title: str


@dataclass(frozen=True, repr=False, kw_only=True)
class Correlation(Part):
    """Spearman's rank correlation of two assumptions."""

    a: str
    b: str
    rank_correlation: float
    sources: list[str] = field(default_factory=list)
    judgement: str = ""


@dataclass(frozen=True, repr=False, kw_only=True)
class View(Part):
    """A view: one school of thought, and what to mind about it."""

    name: str
    title: str
    notes: list[str] = field(default_factory=list)
    union: bool = False
    rest_on_judgement_alone: int = 0
    assumptions: int = 0
    warnings: list[Caution] = field(default_factory=list)
    correlations: list[Correlation] = field(default_factory=list)


@dataclass(frozen=True, repr=False, kw_only=True)
class Basis(Part):
    """What a finding is about. ``facts`` and ``readings`` are of questions of law, the
    fields from ``horizon_years`` on of cases that were played."""

    case: str = ""
    title: str = ""
    date: str = ""
    options: list[Option] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)
    horizon_years: int | None = None
    solution_concept: str = ""
    seed: int | None = None
    design: str = ""
    worlds_per_view: int | None = None
    partial: bool = False
    weighted: str = ""


@dataclass(frozen=True, repr=False, kw_only=True)
class Finding(Part):
    """An answer of casus: a head that is the same for all, and fields of its kind.

    ``str(finding)`` is the text that the command line prints, and a notebook shows it
    with the picture. ``raw`` is the JSON it was made of, ``svg`` its picture ("" where
    findings of its kind have none).
    """

    kind: str
    version: int
    program: str
    files: list[File] = field(default_factory=list)
    basis: Basis = field(default_factory=Basis)
    warnings: list[Caution] = field(default_factory=list)

    # set when it is made of an answer; no part of what is compared
    _raw: dict[str, Any] = field(default_factory=dict, compare=False)
    _text: str = field(default="", compare=False)
    _svg: str = field(default="", compare=False)

    @property
    def raw(self) -> dict[str, Any]:
        """The finding as casus wrote it."""
        return self._raw

    @property
    def svg(self) -> str:
        """The picture, in SVG; "" where there is none."""
        return self._svg

    def save_picture(self, file: str) -> None:
        """Writes the picture into an SVG file."""
        if not self._svg:
            raise ValueError(f"a finding of kind {self.kind!r} has no picture")
        with open(file, "w", encoding="utf-8") as out:
            out.write(self._svg)

    def __str__(self) -> str:
        return self._text.rstrip("\n") if self._text else _opening(self)

    def __repr__(self) -> str:
        """The text; of a long list its beginning."""
        lines = str(self).split("\n")
        if self.kind != "list" or len(lines) <= SHOWN + 1:
            return "\n".join(lines)
        return "\n".join([*lines[:SHOWN], "… (print() shows all, .rows has them)", lines[-1]])

    def _repr_html_(self) -> str:
        if self.kind == "list":
            return _html_rows(getattr(self, "rows", []), str(self).rpartition("\n")[2])
        out = f'<pre style="line-height:1.25;overflow-x:auto">{html.escape(str(self))}</pre>'
        if self._svg:  # as an image, so that its styles do not reach the page
            data = base64.b64encode(self._svg.encode()).decode()
            out += f'<img alt="{html.escape(_opening(self))}" src="data:image/svg+xml;base64,{data}" style="max-width:100%">'
        return out


SHOWN = 60
"""Lines, or rows, that are shown of a long list."""


def _html_rows(parts: list[Any], caption: str) -> str:
    """Parts of one kind as a table, without columns that say nothing."""
    shown = {name: column for name, column in columns(parts[:SHOWN]).items() if any(column)}
    if len(parts) > SHOWN:
        caption += f", the first {SHOWN} of them here (.rows has all)"

    def row(cells: Iterable[str], tag: str) -> str:
        return "<tr>" + "".join(f'<{tag} style="text-align:left">{html.escape(str(x))}</{tag}>' for x in cells) + "</tr>"

    body = "".join(row(cells, "td") for cells in zip(*shown.values(), strict=True))
    return f"<table><caption>{html.escape(caption)}</caption><thead>{row(shown, 'th')}</thead><tbody>{body}</tbody></table>"


def _short(x: Any) -> str:
    if isinstance(x, Part):
        return f"{type(x).__name__}(…)"
    if isinstance(x, list) and any(isinstance(y, (Part, list, dict)) for y in x):
        return f"[{len(x)} × {type(x[0]).__name__}]"
    if isinstance(x, dict) and any(isinstance(y, (Part, list, dict)) for y in x.values()):
        return f"{{{len(x)} × {type(next(iter(x.values()))).__name__}}}"
    return repr(x)


def _opening(f: Finding) -> str:
    about = " ".join(x for x in (f.basis.case, f.basis.date) if x)
    return f"<{type(f).__name__} of casus{': ' + about if about else ''}>"


def decode(cls: type[P], raw: Mapping[str, Any], **more: Any) -> P:
    """Makes an object of a class of this module, or of one made for a kind of finding.
    Fields that a later casus has added are passed over."""
    values = dict(more)
    for name, key, kind in _fields(cls):  # type: ignore[arg-type]  # a class is hashable
        if key in raw:
            values[name] = _value(kind, raw[key])
    return cls(**values)


@cache
def _fields(cls: type[Part]) -> tuple[tuple[str, str, Any], ...]:
    hints = typing.get_type_hints(cls)
    out = []
    for f in dataclasses.fields(cls):
        if f.name.startswith("_") and "json" not in f.metadata:
            continue
        out.append((f.name, f.metadata.get("json", f.name), hints[f.name]))
    return tuple(out)


def _value(kind: Any, raw: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin is types.UnionType or origin is typing.Union:
        return None if raw is None else _value(next(a for a in typing.get_args(kind) if a is not type(None)), raw)
    if origin is list:
        (of,) = typing.get_args(kind)
        return [_value(of, x) for x in raw or ()]
    if origin is dict:
        of = typing.get_args(kind)[1]
        return {k: _value(of, x) for k, x in (raw or {}).items()}
    if isinstance(kind, type) and issubclass(kind, Part):
        return decode(kind, raw)
    if kind is float and isinstance(raw, int):
        return float(raw)
    return raw


def kinds(cls: type[Part]) -> dict[str, type]:
    """Of the plain fields of a kind of part what they hold: str, int, float or bool."""
    out: dict[str, type] = {}
    for name, _, kind in _fields(cls):  # type: ignore[arg-type]  # a class is hashable
        if typing.get_origin(kind) in (types.UnionType, typing.Union):
            kind = next(a for a in typing.get_args(kind) if a is not type(None))
        if kind in (str, int, float, bool):
            out[name] = kind
    return out


def columns(parts: list[Any]) -> dict[str, list[Any]]:
    """The plain fields of parts of one kind, as columns."""
    if not parts:
        return {}
    names = [f.name for f in dataclasses.fields(parts[0]) if not f.name.startswith("_")]
    all_of = {n: [getattr(p, n) for p in parts] for n in names}
    return {n: column for n, column in all_of.items() if all(_plain(x) for x in column)}


def _plain(x: Any) -> bool:
    return x is None or isinstance(x, (str, int, float, bool))


def walk(x: Any) -> Iterator[Part]:
    """Every part in a finding, from the outside in."""
    if isinstance(x, Part):
        yield x
        x = [getattr(x, f.name) for f in dataclasses.fields(x)]
    if isinstance(x, dict):
        x = list(x.values())
    if isinstance(x, list):
        for y in x:
            yield from walk(y)
