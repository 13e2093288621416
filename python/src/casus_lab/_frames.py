"""Tables as frames of the library that the caller uses. None of them is needed to
import this package; each is imported when it is asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ._errors import QuestionError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa


class ParquetTable:
    """A Parquet file of a record, read when it is asked for.

    ``columns`` says what each column holds; it stands in the file itself.
    """

    def __init__(self, path: str, long_by: tuple[str, ...]) -> None:
        self.path = path
        self._by = long_by

    def __repr__(self) -> str:
        return f"<table {self.path}>"

    def arrow(self) -> pa.Table:
        """As a table of pyarrow."""
        import pyarrow.parquet

        t = pyarrow.parquet.read_table(self.path)
        return t.select([*self._by, *(c for c in t.column_names if c not in self._by)])

    def pandas(self) -> pd.DataFrame:
        """As a frame of pandas, which needs pyarrow for it."""
        return self.arrow().replace_schema_metadata().to_pandas()

    def polars(self) -> pl.DataFrame:
        """As a frame of polars."""
        return self.scan().collect()

    def scan(self) -> pl.LazyFrame:
        """As a frame of polars that reads only what a query needs."""
        import polars

        t = polars.scan_parquet(self.path)
        return t.select(*self._by, polars.exclude(*self._by))

    def long(self) -> pd.DataFrame:
        """One row for each number: the columns that say of what, ``name`` and ``value``."""
        return self.pandas().melt(id_vars=list(self._by), var_name="name", value_name="value")

    @property
    def columns(self) -> dict[str, dict[str, str]]:
        """What each column holds: ``title``, ``unit`` and more, by name."""
        import pyarrow.parquet

        meta = pyarrow.parquet.read_schema(self.path).metadata or {}
        told: dict[str, dict[str, str]] = json.loads(meta.get(b"casus.columns", b"{}"))
        return told


class Columns:
    """Columns in memory that become a frame. ``kinds`` says of each what it holds (str,
    int, float or bool), so that it is the same where it is empty or not known throughout;
    of a column that is not named there its values tell."""

    def __init__(self, columns: Callable[[], dict[str, Sequence[Any]]], kinds: dict[str, type] | None = None) -> None:
        self._columns = columns
        self._kinds = kinds or {}

    def pandas(self) -> pd.DataFrame:
        """As a frame of pandas. Numbers that are not known in a column of whole ones are <NA>."""
        import pandas

        columns = self._columns()
        return pandas.DataFrame({name: pandas.Series(c, dtype=self._of_pandas(name, c)) for name, c in columns.items()})

    def _of_pandas(self, name: str, column: Sequence[Any]) -> Any:
        kind = self._kinds.get(name)
        if kind is None or None not in column:
            return kind
        return {int: "Int64", bool: "boolean", float: float}.get(kind, object)

    def polars(self) -> pl.DataFrame:
        """As a frame of polars."""
        import polars

        of = {str: polars.String, int: polars.Int64, float: polars.Float64, bool: polars.Boolean}
        columns = self._columns()
        return polars.DataFrame(columns, schema_overrides={n: of[k] for n, k in self._kinds.items() if n in columns})

    def arrow(self) -> pa.Table:
        """As a table of pyarrow."""
        import pyarrow

        of = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
        kinds = {n: of.get(k) for n, k in self._kinds.items()}
        return pyarrow.table({n: pyarrow.array(c, type=kinds.get(n)) for n, c in self._columns().items()})


def write_table(frame: Any, folder: str) -> str:
    """Writes a frame (pandas, polars, pyarrow, or a dict of columns) into a file that
    casus reads, and gives its path. Parquet where that can be had, so that numbers
    stay as they are; else CSV."""
    if isinstance(frame, (str, os.PathLike)):
        return os.fspath(frame)
    if isinstance(frame, dict):
        return _write_csv(frame, os.path.join(folder, "table.csv"))
    module = type(frame).__module__.partition(".")[0]
    file = os.path.join(folder, "table.parquet")
    if module == "polars":
        (frame.collect() if hasattr(frame, "collect") else frame).write_parquet(file)
        return file
    if module == "pyarrow":
        import pyarrow.parquet

        pyarrow.parquet.write_table(frame, file)
        return file
    if module == "pandas" and hasattr(frame, "columns"):
        frame = _with_index(frame)
        try:
            import pyarrow  # noqa: F401

            frame.to_parquet(file, index=False)
        except ImportError:
            file = os.path.join(folder, "table.csv")
            frame.to_csv(file, index=False)
        return file
    raise TypeError(f"a table is a frame of pandas or polars, a table of pyarrow, a dict of columns or a file, not {type(frame).__name__}")


def _with_index(frame: Any) -> Any:
    """A frame of pandas with the named levels of its index as columns in front. A level
    without a name numbers rows and is no column."""
    named = [n for n in frame.index.names if n is not None and n not in frame.columns]
    return frame.reset_index(level=named) if named else frame


def _write_csv(columns: dict[str, Sequence[Any]], file: str) -> str:
    import csv

    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        raise QuestionError("the columns of a table are of one length, not " + ", ".join(f"{name} of {n}" for name, n in lengths.items()))
    with open(file, "w", newline="", encoding="utf-8") as out:
        w = csv.writer(out)
        w.writerow(columns)
        w.writerows(zip(*columns.values(), strict=True))
    return file
