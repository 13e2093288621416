"""The record of a run, in the libraries that people open it with, by the names that
docs/record.md has."""

import os
import re
import subprocess
from pathlib import Path

import pytest

import casus_lab as casus

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "record.md").read_text()


@pytest.fixture
def run():
    return casus.run("ukraine", worlds=16, options=["europe", "monitors"])


def test_frames(run):
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    m = run.measures.pandas()
    assert list(m.columns[:3]) == ["option", "view", "world"]
    assert {"peace", "nato_war"} <= set(m.columns)
    played = m[m.option.isin(["europe", "monitors"])]
    assert (played.groupby(["option", "view"]).size() == 16).all()
    assert run.measures.polars().shape == m.shape
    assert run.measures.scan().select("peace").collect().height == len(m)
    long = run.measures.long()
    assert list(long.columns) == ["option", "view", "world", "name", "value"] and len(long) == len(m) * (m.shape[1] - 3)
    w = run.worlds.pandas()
    assert list(w.columns[:2]) == ["view", "world"] and "record:weight" in w


def test_columns_are_told_in_the_file(run):
    pytest.importorskip("pyarrow")
    told = run.measures.columns
    assert set(told) == set(run.measures.arrow().column_names)
    assert told["peace"]["title"] and told["peace"]["unit"] == "years" and told["peace"]["better"] == "higher"
    assert all(c["title"] for c in told.values())
    worlds = run.worlds.columns
    assert set(worlds) == set(run.worlds.arrow().column_names) and all(c["title"] for c in worlds.values())


def test_the_same_in_every_library(run):
    duckdb = pytest.importorskip("duckdb")
    pl = pytest.importorskip("polars")
    path = run.measures.path.replace("'", "''")
    asked = duckdb.sql(f"select option, view, median(peace) from '{path}' where option in ('europe', 'monitors') group by all order by all").fetchall()
    here = run.measures.polars().filter(pl.col("option").is_in(["europe", "monitors"])).group_by("option", "view").agg(pl.median("peace")).sort("option", "view").rows()
    assert asked == here and len(asked) == 8


def test_queries_of_the_page_run(run):
    duckdb = pytest.importorskip("duckdb")
    blocks = re.findall(r'duckdb\.sql\(("""|")(.*?)\1\)', PAGE, re.S)
    assert len(blocks) >= 2
    for _, block in blocks:
        assert duckdb.sql(block.replace("\n...", "\n")).fetchall()


def test_a_run_is_asked_again(run):
    assert casus.robust(run, measures="peace", between=("europe", "monitors")).svg.startswith("<svg")
    again = casus.read(run.folder)
    assert str(again).splitlines()[0] == str(run).splitlines()[0]
    assert casus.convergence(run, options="europe", measures="peace").kind == "convergence"
    with pytest.raises(casus.QuestionError, match="worlds is for a case"):
        casus.robust(run, worlds=3)


def test_a_run_is_found_from_another_folder(run, monkeypatch, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert casus.read(run.folder).record.case == "ukraine"


def test_another_plan_is_remarked():
    casus.run("truce", worlds=4)
    with pytest.warns(casus.Remark, match="holds the record of another plan"):
        assert casus.run("truce", worlds=5).folder.endswith("truce-2")


def test_a_remark_names_the_line_that_asked():
    casus.run("truce", worlds=4)
    for call in (lambda: casus.run("truce", worlds=5), lambda: casus.ask("run", case="truce", worlds=6)):
        with pytest.warns(casus.Remark) as said:
            call()
        assert {w.filename for w in said if w.category is casus.Remark} == {__file__}


def test_worlds_by_number_and_by_value(tmp_path):
    pytest.importorskip("polars")
    whole = casus.run("truce", worlds=8, record=tmp_path / "whole")
    part = casus.run("truce", first=5, worlds=2, record=tmp_path / "part")
    rows = whole.measures.polars()
    for n, stretch in enumerate(["5..6", (5, 6), range(5, 7)]):
        named = casus.run("truce", worlds=stretch, record=tmp_path / f"named-{n}")
        assert named.raw["record"]["first_world"] == 5 and named.measures.polars().equals(part.measures.polars())
    for wrong in ("6..5", (1, 2, 3), "many", [5, "6"]):
        with pytest.raises(casus.QuestionError) as e:
            casus.run("truce", worlds=wrong)
        assert "a stretch of worlds, both ends included" in e.value.hint
    with pytest.raises(casus.QuestionError, match="first and worlds FROM..TO exclude each other"):
        casus.run("truce", worlds="5..6", first=5)
    with pytest.raises(ValueError, match="no gaps"):
        casus.run("truce", worlds=range(0, 8, 2))
    assert part.measures.polars().equals(rows.filter(rows["world"].is_in([5, 6])))
    again = casus.run("truce", file=whole.worlds.path, record=tmp_path / "again").measures.polars()
    assert again.equals(rows.filter(rows["option"].is_in(again["option"].unique().to_list())))
    with pytest.raises(casus.CasusError, match="no assumption of case truce is called"):
        casus.run("truce", file=whole.measures.path)


def test_sums_have_no_rows(tmp_path):
    for words in (["plan", "truce", "--worlds", "8", "--keep", "summaries", "--out", "s"], ["run", "s"], ["merge", "s", "--record", "r"]):
        subprocess.run([os.environ["CASUS_BINARY"], "sweep", *words], cwd=tmp_path, check=True, capture_output=True)
    kept = casus.read(tmp_path / "r")
    assert kept.raw["record"]["keep"] == "summaries"
    with pytest.raises(casus.QuestionError, match="keeps sums in the place of rows"):
        kept.measures  # noqa: B018
    with pytest.raises(casus.CasusError, match="needs the rows of every world"):
        casus.robust(kept)
