"""The questions, one function each. What a setting means is said by ``casus VERB --help``
and in docs/; here they have the same names, with ``_`` for ``-`` and in the plural where
they take a list, and the same defaults: None is the default of casus."""

from __future__ import annotations

import datetime
import math
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from . import _findings as f
from ._base import Finding, columns, kinds
from ._errors import CasusError, Mistake, QuestionError
from ._findings import KINDS
from ._frames import Columns, ParquetTable, write_table
from ._progress import Tell
from ._session import Session

Words = str | Iterable[str] | None
Date = str | datetime.date | None
Facts = Mapping[str, bool | str | None] | Words
Told = bool | Tell | None
Stretch = int | str | tuple[int, int] | range | None

_shared = Session()


def _ask(question: str, progress: Told = None, /, **settings: Any) -> Any:
    return _shared.ask(question, progress=progress, **settings)


def ask(question: str, /, *, progress: Told = None, **settings: Any) -> Finding:
    """Any question by name, as ``casus serve`` takes it (docs/serve.md): the way to what
    has no function here."""
    return _shared.ask(question, progress=progress, **settings)


def _words(x: Words) -> list[str] | None:
    if x is None:
        return None
    if not isinstance(x, Iterable):
        raise TypeError(f"what takes several words takes a text or a list of texts, not {type(x).__name__}")
    return [x] if isinstance(x, str) else list(x)


def _facts(x: Facts) -> list[str] | None:
    """``{"requested": True, "at_war(RUS, GBR)": None}``; None is not known."""
    if not isinstance(x, Mapping):
        return _words(x)
    return [f"{name}={_fact(name, value)}" for name, value in x.items()]


def _fact(name: str, x: Any) -> str:
    if isinstance(x, str):
        return x
    if x is None or type(x).__name__ == "NAType" or (isinstance(x, float) and math.isnan(x)):  # as tables have it
        return "unknown"
    try:
        return {True: "yes", False: "no"}[x]
    except (KeyError, TypeError):
        m = Mistake(f"the fact {name} cannot be {x!r}", "it is True, False or None, which is not known")
        raise QuestionError(str(m), (m,)) from None


def _readings(x: Mapping[str, str] | Words) -> list[str] | None:
    return [f"{k}={v}" for k, v in x.items()] if isinstance(x, Mapping) else _words(x)


def _pair(x: tuple[str, str] | str | None) -> list[str] | None:
    return x.split(",") if isinstance(x, str) else _words(x)


def _stretch(x: Stretch) -> Any:
    """Worlds as they are sent: so many, or those from one to another, both ends included."""
    if isinstance(x, range):
        if len(x) == 0 or x.step != 1:
            raise ValueError(f"worlds of {x!r}: a stretch of worlds has one at least, and no gaps")
        return [x[0], x[-1]]
    return x


def _of(case: str | os.PathLike[str] | Run) -> str:
    return case.folder if isinstance(case, Run) else os.fspath(case)


# ---- law


def why(
    by: str | None = None,
    on: str | None = None,
    *,
    date: Date = None,
    object: str | None = None,
    at: str | None = None,
    kind: str | None = None,
    case: str | None = None,
    facts: Facts = None,
    readings: Mapping[str, str] | Words = None,
    options: Words = None,
    after: Words = None,
    files: Words = None,
    law: Words = None,
    full: bool | None = None,
    reasons: bool | None = None,
    footnotes: bool | None = None,
) -> f.Why:
    """Who owes what to whom after an event, and why or why not.

    >>> w = casus.why("RUS", "GBR", object="forces", at="kyiv", date="2026-02-01")
    >>> next(a.status for a in w.answers if a.article == "NAT.5" and a.debtor == "FRA")
    'not owed'
    """
    return cast(
        f.Why,
        _ask(
            "why", by=by, on=on, date=date, object=object, at=at, kind=kind, case=case, facts=_facts(facts),
            readings=_readings(readings), options=_words(options), after=_words(after), files=_words(files),
            law=_words(law), full=full, reasons=reasons, footnotes=footnotes,
        ),
    )  # fmt: skip


def why_not(
    article: str,
    by: str | None = None,
    on: str | None = None,
    *,
    debtor: str | None = None,
    size: int | None = None,
    date: Date = None,
    object: str | None = None,
    at: str | None = None,
    kind: str | None = None,
    case: str | None = None,
    facts: Facts = None,
    readings: Mapping[str, str] | Words = None,
    options: Words = None,
    after: Words = None,
    files: Words = None,
    law: Words = None,
) -> f.WhyNot:
    """What would make an article bind whom it does not bind, or free whom it binds."""
    return cast(
        f.WhyNot,
        _ask(
            "why_not", article=article, by=by, on=on, debtor=debtor, size=size, date=date, object=object, at=at,
            kind=kind, case=case, facts=_facts(facts), readings=_readings(readings), options=_words(options),
            after=_words(after), files=_words(files), law=_words(law),
        ),
    )  # fmt: skip


def owed(
    date: Date = None,
    *,
    state: str | None = None,
    all: bool | None = None,
    case: str | None = None,
    facts: Facts = None,
    readings: Mapping[str, str] | Words = None,
    options: Words = None,
    files: Words = None,
    law: Words = None,
) -> f.Owed:
    """The duties of a day, before anything happens."""
    return cast(
        f.Owed,
        _ask(
            "owed", date=date, state=state, all=all, case=case, facts=_facts(facts), readings=_readings(readings),
            options=_words(options), files=_words(files), law=_words(law),
        ),
    )  # fmt: skip


def conflicts(
    date: Date = None,
    *,
    state: str | None = None,
    between: tuple[str, str] | str | None = None,
    object: str | None = None,
    at: str | None = None,
    case: str | None = None,
    facts: Facts = None,
    readings: Mapping[str, str] | Words = None,
    options: Words = None,
    files: Words = None,
    law: Words = None,
) -> f.Conflicts:
    """The engagements of a state, or toward two that fight, that cannot all be kept."""
    fighting = between if isinstance(between, str) or between is None else ",".join(between)
    return cast(
        f.Conflicts,
        _ask(
            "conflicts", date=date, state=state, between=fighting, object=object, at=at, case=case,
            facts=_facts(facts), readings=_readings(readings), options=_words(options), files=_words(files),
            law=_words(law),
        ),
    )  # fmt: skip


def chains(
    event: str,
    end: str | None = None,
    *,
    between: tuple[str, str] | str | None = None,
    date: Date = None,
    case: str | None = None,
    without: Words = None,
    own: Words = None,
    deployed: Words = None,
    chances: Mapping[str, float | str] | Words = None,
    views: Words = None,
    links: int | None = None,
    most: int | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    memory: int | None = None,
    after: Words = None,
    facts: Facts = None,
    readings: Mapping[str, str] | Words = None,
    options: Words = None,
    files: Words = None,
    law: Words = None,
) -> f.Chains:
    """The chains by which an event draws a state into a war.

    >>> c = casus.chains("armed attack by RUS on UKR, object territory, at kyiv",
    ...                  "fights(USA, RUS)", case="ukraine", options="europe",
    ...                  facts={"ceasefire": True, "requested": True})
    >>> c.svg.startswith("<svg")
    True
    """
    return cast(f.Chains, _ask("chains", **_spread(locals())))


def cut(
    event: str,
    end: str | None = None,
    *,
    only: Words = None,
    between: tuple[str, str] | str | None = None,
    date: Date = None,
    case: str | None = None,
    without: Words = None,
    own: Words = None,
    deployed: Words = None,
    chances: Mapping[str, float | str] | Words = None,
    views: Words = None,
    links: int | None = None,
    most: int | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    memory: int | None = None,
    after: Words = None,
    facts: Facts = None,
    readings: Mapping[str, str] | Words = None,
    options: Words = None,
    files: Words = None,
    law: Words = None,
) -> f.Chains:
    """What cuts every chain from an event to an end."""
    return cast(f.Chains, _ask("cut", **_spread(locals())))


def _spread(q: dict[str, Any]) -> dict[str, Any]:
    out = dict(q)
    for name in ("without", "own", "deployed", "views", "after", "options", "files", "law", "only"):
        if name in out:
            out[name] = _words(out[name])
    out["facts"], out["readings"] = _facts(q["facts"]), _readings(q["readings"])
    chances = q["chances"]
    out["chances"] = [f"{k}={v}" for k, v in chances.items()] if isinstance(chances, Mapping) else _words(chances)
    if q["between"] is not None and not isinstance(q["between"], str):
        out["between"] = ",".join(q["between"])
    return out


def diff(
    a: str,
    b: str,
    *,
    date: Date = None,
    case: str | None = None,
    events: Words = None,
    end: str | None = None,
    links: int | None = None,
    facts: Facts = None,
    readings: Mapping[str, str] | Words = None,
    options: Words = None,
    files: Words = None,
    law: Words = None,
) -> f.Diff:
    """Two drafts, or two options of a case, clause by clause."""
    return cast(
        f.Diff,
        _ask(
            "diff", a=a, b=b, date=date, case=case, events=_words(events), end=end, links=links, facts=_facts(facts),
            readings=_readings(readings), options=_words(options), files=_words(files), law=_words(law),
        ),
    )  # fmt: skip


def cite(addresses: str | Iterable[str], *, case: str | None = None, date: Date = None, files: Words = None) -> f.Citation:
    """What the model says of instruments, articles, classes of duty, sources, or whatever a case names."""
    return cast(f.Citation, _ask("cite", addresses=_words(addresses), case=case, date=date, files=_words(files)))


def resting(status: str, *, files: Words = None) -> f.Resting:
    """All that rests on sources of a status: verified, low grade, memory."""
    return cast(f.Resting, _ask("resting", status=status, files=_words(files)))


@dataclass(frozen=True, repr=False, kw_only=True)
class Matrix(f.MatrixForm):
    """Who must help whom. ``pandas()``, ``polars()`` and ``arrow()`` give the rows, with
    ``ccode1`` (the debtor), ``ccode2`` (the creditor) and ``year`` in front. The columns
    and their kinds are the same where there is no row.

    A row is a duty, and no dyad: a pair of states has several in a year where it owes by
    several articles, on several events or against several. Make one row a dyad in a year
    before a merge with data on dyads; the README shows how."""

    def __str__(self) -> str:
        return f"<matrix of casus, {len(self.rows)} rows: .pandas(), .polars() or .arrow()>"

    def _columns(self) -> dict[str, Any]:
        rows = {name: [getattr(r, name) for r in self.rows] for name in kinds(f.MatrixRow)}
        out: dict[str, Any] = {
            "ccode1": [int(x) if x else None for x in rows["debtor_cow"]],
            "ccode2": [int(x) if x else None for x in rows["creditor_cow"]],
        }
        return out | {k.rstrip("_"): v for k, v in rows.items()}

    def _table(self) -> Columns:
        of_rows = {k.rstrip("_"): v for k, v in kinds(f.MatrixRow).items()}
        return Columns(self._columns, {"ccode1": int, "ccode2": int} | of_rows)

    def pandas(self) -> Any:
        """As a frame of pandas; codes that are not known are <NA>."""
        return self._table().pandas().astype({"ccode1": "Int64", "ccode2": "Int64"})

    def polars(self) -> Any:
        """As a frame of polars."""
        return self._table().polars()

    def arrow(self) -> Any:
        """As a table of pyarrow."""
        return self._table().arrow()

    def _repr_html_(self) -> str:
        try:
            return str(self.pandas()._repr_html_())
        except ImportError:
            return super()._repr_html_()


KINDS["matrix"] = Matrix


def matrix(
    date: Date = None,
    *,
    years: tuple[int, int] | None = None,
    state: str | None = None,
    every: bool | None = None,
    case: str | None = None,
    facts: Facts = None,
    readings: Mapping[str, str] | Words = None,
    options: Words = None,
    files: Words = None,
    law: Words = None,
    progress: Told = None,
) -> Matrix:
    """Who must help whom, on a day or in each year of some: a row for each duty, of which
    a pair of states may have several in a year (see Matrix).

    >>> m = casus.matrix("1914-07-28")
    >>> list(m.pandas().columns[:4])
    ['ccode1', 'ccode2', 'year', 'date']
    """
    first, last = years or (None, None)
    return cast(
        Matrix,
        _ask(
            "matrix", progress, date=date, state=state, every=every, case=case, facts=_facts(facts),
            readings=_readings(readings), options=_words(options), files=_words(files), law=_words(law),
            **{"from": first, "to": last},
        ),
    )  # fmt: skip


# ---- worlds


@dataclass(frozen=True, repr=False, kw_only=True)
class Run(f.Ran):
    """A run, with its record. Wherever a case is asked for, a run may be given: its
    worlds are asked then, and nothing is run again.

    >>> r = casus.run("truce", worlds=8)
    >>> r.measures.pandas().columns[:3].to_list()
    ['option', 'view', 'world']
    """

    @property
    def folder(self) -> str:
        """The folder of the record."""
        folder: str = self.raw["record"]["answer"]["record_folder"]
        if not folder:
            raise QuestionError("the record of this run could not be written")
        return os.path.join(self._where, folder)

    @property
    def measures(self) -> ParquetTable:
        """One row for each option, view and world, one column for each measure."""
        return ParquetTable(self._rows("measures.parquet"), ("option", "view", "world"))

    @property
    def worlds(self) -> ParquetTable:
        """One row for each view and world, one column for each assumption."""
        return ParquetTable(self._rows("worlds.parquet"), ("view", "world"))

    def _rows(self, name: str) -> str:
        if self.raw["record"].get("keep"):
            raise QuestionError("this record keeps sums in the place of rows: run fewer worlds with rows")
        return os.path.join(self.folder, name)

    _where: str = ""


KINDS["run"] = Run


def _kept(found: Any) -> Any:
    """A run remembers the folder in which its own is named."""
    if isinstance(found, Run):
        object.__setattr__(found, "_where", os.getcwd())
    return found


def run(
    case: str | os.PathLike[str],
    *,
    worlds: Stretch = None,
    options: Words = None,
    views: Words = None,
    seed: int | None = None,
    design: str | None = None,
    horizon: int | None = None,
    date: Date = None,
    baseline: str | None = None,
    until: float | None = None,
    measures: Words = None,
    most_worlds: int | None = None,
    first: int | None = None,
    file: str | os.PathLike[str] | None = None,
    workers: int | None = None,
    max_states: int | None = None,
    memory: int | None = None,
    record: str | os.PathLike[str] | None = None,
    replace: bool | None = None,
    resume: bool | str | None = None,
    progress: Told = None,
) -> Run:
    """A case over many worlds. The record goes into casus-records/CASE, or into the
    folder ``record``. An interrupt stops the run: the KeyboardInterrupt has the
    folder of its record as ``record``, and ``resume=True`` (or the folder) goes on with it.
    ``worlds`` is how many for each view, or which: ``"100..199"``, ``(100, 199)`` with both ends, or
    ``range(100, 200)``. Worlds are numbered from 0 and have the rows that they have in the whole run;
    ``first`` is the number of the first, where ``worlds`` counts them. ``file`` (Parquet or CSV) gives worlds by the values of their assumptions.
    ``memory`` is in bytes. A case with a course and no crisis is judged instead;
    that answer is a Course."""
    going_on = {} if resume is None else {"resume": bool(resume)} | ({"from": resume} if isinstance(resume, str) else {})
    return cast(
        Run,
        _kept(
            _ask(
                "run", progress, case=_of(case), worlds=_stretch(worlds), options=_words(options), views=_words(views), seed=seed,
                design=design, horizon=horizon, date=date, baseline=baseline, until=until, measures=_words(measures),
                most_worlds=most_worlds, first=first, file=file, workers=workers, max_states=max_states, memory=memory, record=record,
                replace=replace, **going_on,
            )
        ),
    )  # fmt: skip


def read(record: str | os.PathLike[str]) -> Run:
    """A run again from the folder of its record; nothing is run."""
    return cast(Run, _kept(_ask("report", record=os.fspath(record))))


def convergence(record: str | os.PathLike[str] | Run, *, measures: Words = None, options: Words = None, views: Words = None) -> f.Convergence:
    """How the means of a record settled as worlds were added."""
    return cast(
        f.Convergence,
        _ask("convergence", record=_of(record), measures=_words(measures), options=_words(options), views=_words(views)),
    )


def past(
    case: str | os.PathLike[str] | Run,
    *,
    worlds: int | None = None,
    views: Words = None,
    seed: int | None = None,
    design: str | None = None,
    horizon: int | None = None,
    date: Date = None,
    workers: int | None = None,
    max_states: int | None = None,
    memory: int | None = None,
    progress: Told = None,
) -> f.Past:
    """What each view implies beside what happened (the verb ``record``)."""
    return cast(f.Past, _ask("record", progress, **_plan(locals())))


def robust(
    case: str | os.PathLike[str] | Run,
    *,
    measures: Words = None,
    thresholds: Words = None,
    between: tuple[str, str] | str | None = None,
    alpha: float | None = None,
    by: str | None = None,
    weighted: bool | None = None,
    worlds: int | None = None,
    options: Words = None,
    views: Words = None,
    seed: int | None = None,
    design: str | None = None,
    horizon: int | None = None,
    date: Date = None,
    workers: int | None = None,
    max_states: int | None = None,
    memory: int | None = None,
    record: str | os.PathLike[str] | None = None,
    replace: bool | None = None,
    progress: Told = None,
) -> f.Robust:
    """How options fare over many worlds, by every criterion of choice."""
    return cast(f.Robust, _ask("robust", progress, **_plan(locals())))


def value(
    case: str | os.PathLike[str] | Run,
    *,
    measure: str | None = None,
    groups: Words = None,
    weighted: bool | None = None,
    worlds: int | None = None,
    options: Words = None,
    views: Words = None,
    seed: int | None = None,
    design: str | None = None,
    horizon: int | None = None,
    date: Date = None,
    workers: int | None = None,
    max_states: int | None = None,
    memory: int | None = None,
    record: str | os.PathLike[str] | None = None,
    replace: bool | None = None,
    progress: Told = None,
) -> f.Value:
    """What it would be worth to know an assumption before choosing."""
    return cast(f.Value, _ask("value", progress, **_plan(locals())))


def sense(
    case: str | os.PathLike[str] | Run,
    *,
    measures: Words = None,
    options: Words = None,
    between: tuple[str, str] | str | None = None,
    methods: Words = None,
    views: Words = None,
    where: str | None = None,
    rows: int | None = None,
    trajectories: int | None = None,
    second: bool | None = None,
    groups: Words = None,
    correlate: Words = None,
    resamples: int | None = None,
    weighted: bool | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    design: str | None = None,
    horizon: int | None = None,
    date: Date = None,
    workers: int | None = None,
    max_states: int | None = None,
    memory: int | None = None,
    progress: Told = None,
) -> f.Sensitivity:
    """Which assumptions decide a measure."""
    return cast(f.Sensitivity, _ask("sense", progress, **_plan(locals())))


def flip(
    case: str | os.PathLike[str],
    *,
    measure: str,
    between: tuple[str, str] | str,
    views: Words = None,
    means: int | None = None,
    pairs: int | None = None,
    clauses: int | None = None,
    weighted: bool | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    design: str | None = None,
    horizon: int | None = None,
    date: Date = None,
    workers: int | None = None,
    max_states: int | None = None,
    memory: int | None = None,
    progress: Told = None,
) -> f.Flips:
    """The smallest change that reverses the ranking of two options."""
    return cast(f.Flips, _ask("flip", progress, **_plan(locals())))


def suppose(
    case: str | os.PathLike[str] | Run,
    *,
    measure: str,
    between: tuple[str, str] | str,
    set: Words = None,
    view: str | None = None,
    follow: int | None = None,
    case_of_record: str | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    design: str | None = None,
    workers: int | None = None,
    max_states: int | None = None,
    memory: int | None = None,
    progress: Told = None,
) -> f.Supposed:
    """What follows where assumptions are held at values (``NAME=VALUE``)."""
    return cast(f.Supposed, _ask("suppose", progress, **_plan(locals())))


def claims(
    case: str | os.PathLike[str] | Run,
    *,
    claims: Words = None,
    no_flips: bool | None = None,
    case_of_record: str | None = None,
    options: Words = None,
    views: Words = None,
    weighted: bool | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    design: str | None = None,
    horizon: int | None = None,
    date: Date = None,
    workers: int | None = None,
    max_states: int | None = None,
    memory: int | None = None,
    progress: Told = None,
) -> f.Ledger:
    """What is said about a case, held against what follows."""
    return cast(f.Ledger, _ask("claims", progress, **_plan(locals())))


def discover(
    case: str | os.PathLike[str] | Run,
    *,
    where: str | None = None,
    regret_above: float | None = None,
    of: str | None = None,
    measure: str | None = None,
    options: Words = None,
    views: Words = None,
    box: int | None = None,
    density: float | None = None,
    peel: float | None = None,
    mass: float | None = None,
    objective: str | None = None,
    qp: float | None = None,
    leaf: int | None = None,
    bins: int | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    design: str | None = None,
    horizon: int | None = None,
    date: Date = None,
    workers: int | None = None,
    max_states: int | None = None,
    memory: int | None = None,
    progress: Told = None,
) -> f.Discovered:
    """Which ranges of assumptions make something so."""
    return cast(f.Discovered, _ask("discover", progress, **_plan(locals())))


def elicit(
    case: str | os.PathLike[str],
    *,
    views: Words = None,
    worlds: int | None = None,
    seed: int | None = None,
    design: str | None = None,
    workers: int | None = None,
    max_states: int | None = None,
    memory: int | None = None,
    progress: Told = None,
) -> f.Elicited:
    """Whether stated rates come out where they are stated for."""
    return cast(f.Elicited, _ask("elicit", progress, **_plan(locals())))


def graph(case: str | os.PathLike[str], *, options: Words = None, max_states: int | None = None, progress: Told = None) -> f.Sizes:
    """How large the state graph of each option is."""
    return cast(f.Sizes, _ask("graph", progress, **_plan(locals())))


def reach(
    case: str | os.PathLike[str],
    *,
    options: Words = None,
    views: Words = None,
    max_states: int | None = None,
    progress: Told = None,
) -> f.Reached:
    """How often each move is come to, and what is chosen there."""
    return cast(f.Reached, _ask("reach", progress, **_plan(locals())))


def ladder(
    case: str | os.PathLike[str],
    *,
    options: Words = None,
    views: Words = None,
    worlds: int | None = None,
    seed: int | None = None,
    design: str | None = None,
    workers: int | None = None,
    max_states: int | None = None,
    memory: int | None = None,
    progress: Told = None,
) -> f.Ladder:
    """How often each step of escalation comes about, year by year, over worlds."""
    return cast(f.Ladder, _ask("ladder", progress, **_plan(locals())))


def walk(
    case: str | os.PathLike[str],
    at: Words = None,
    *,
    options: Words = None,
    views: Words = None,
    max_states: int | None = None,
    progress: Told = None,
) -> f.Walked:
    """One play of an option, step by step: what is left to choose after the choices ``at``,
    how likely each is, and where it leads."""
    return cast(f.Walked, _ask("walk", progress, **_plan(locals())))


_lists = ("at", "options", "views", "measures", "methods", "thresholds", "groups", "correlate", "claims", "set")


def _plan(q: dict[str, Any]) -> dict[str, Any]:
    """The settings of a question of worlds, as they are sent."""
    out = {k: v for k, v in q.items() if k != "progress"}
    out["case"] = _of(out["case"])
    for name in _lists:
        if name in out:
            out[name] = _words(out[name])
    if "between" in out:
        out["between"] = _pair(out["between"])
    return out


# ---- tables, names, figures


def analyse(
    table: Any,
    *,
    outputs: Words = None,
    inputs: Words = None,
    text: Words = None,
    methods: Words = None,
    interest: str | None = None,
    seed: int | None = None,
    workers: int | None = None,
    box: int | None = None,
    density: float | None = None,
    peel: float | None = None,
    mass: float | None = None,
    objective: str | None = None,
    qp: float | None = None,
    leaf: int | None = None,
    bins: int | None = None,
    progress: Told = None,
) -> f.Analysis:
    """What drives the outputs of any table, and when rows are of interest. The table is a
    frame of pandas or polars, a table of pyarrow, a dict of columns, or a file (CSV,
    Parquet).

    >>> x = [i * 37 % 200 / 200 for i in range(200)]
    >>> a = casus.analyse({"x": x, "y": [v * v for v in x]}, outputs="y")
    >>> [c.name for c in a.inputs]
    ['x']
    """
    with tempfile.TemporaryDirectory(prefix="casus-") as folder:
        try:
            return cast(
                f.Analysis,
                _ask(
                    "analyse", progress, table=write_table(table, folder), outputs=_words(outputs), inputs=_words(inputs),
                    text=_words(text), methods=_words(methods), interest=interest, seed=seed, workers=workers, box=box,
                    density=density, peel=peel, mass=mass, objective=objective, qp=qp, leaf=leaf, bins=bins,
                ),
            )  # fmt: skip
        except CasusError as e:
            e.rename(folder + os.sep, "")  # which nobody could look at
            raise


def names(kind: str = "cases", case: str | None = None) -> f.Listing:
    """Every name of a kind (cases, options, states, …), of all that ships or of a case."""
    return cast(f.Listing, _ask("list", kind=kind, case=case))


def cases() -> f.ShippedCases:
    """The cases that ship, with their options and views."""
    return cast(f.ShippedCases, _ask("cases"))


def states(states: Words = None, *, date: Date = None) -> f.Codes:
    """The codes of states, by system and day."""
    return cast(f.Codes, _ask("states", states=_words(states), date=date))


def check(names: Words = None) -> f.Checked:
    """Whether model files are sound and their examples come out. A mistake is a
    ModelError; expectations that are not met are counted."""
    return cast(f.Checked, _ask("check", names=_words(names)))


def spend(
    states: Words = None,
    *,
    years: tuple[int, int] | None = None,
    measure: str | None = None,
    constant: bool | None = None,
    burden: str | None = None,
    check: str | None = None,
    claim: str | None = None,
    figures: Words = None,
) -> f.Series | f.SpendCheck | f.Claim:
    """What is spent on arms; or a check or a claim about it, worked out."""
    first, last = years or (None, None)
    return cast(
        "f.Series | f.SpendCheck | f.Claim",
        _ask(
            "spend", states=_words(states), measure=measure, constant=constant, burden=burden, check=check, claim=claim,
            figures=_words(figures), **{"from": first, "to": last},
        ),
    )  # fmt: skip


def frame(parts: Iterable[Any]) -> Columns:
    """The plain fields of parts of a finding as a table: ``frame(w.answers).pandas()``."""
    kept = list(parts)
    of = kinds(type(kept[0])) if kept else {}
    return Columns(lambda: {k.rstrip("_"): v for k, v in columns(kept).items()}, {k.rstrip("_"): v for k, v in of.items()})


def close() -> None:
    """Ends the process that answers. The next question starts another."""
    _shared.close()
