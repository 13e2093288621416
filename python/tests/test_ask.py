"""The questions, put to the real program."""

import dataclasses
import datetime
import inspect
import json
import math
from pathlib import Path

import pytest

import casus_lab as casus
from casus_lab import _base, _findings

DOCS = Path(__file__).resolve().parents[2] / "docs"

# how a setting of serve is called here, where it is another name
OTHERWISE = {
    "matrix": {"from": "years", "to": "years"},
    "spend": {"from": "years", "to": "years"},
    "run": {"from": "resume"},
}
FUNCTIONS = {"report": "read", "record": "past", "list": "names", "asks": None}


def test_functions_have_the_settings_of_the_program():
    for a in casus.ask("asks").asks:
        name = FUNCTIONS.get(a.ask, a.ask)
        if name is None:
            continue
        here = set(inspect.signature(getattr(casus, name)).parameters) - {"progress"}
        there = {OTHERWISE.get(a.ask, {}).get(s.name, s.name) for s in a.settings}
        assert here == there, a.ask


def test_every_function_says_what_it_does():
    for name in casus.__all__:
        assert inspect.getdoc(getattr(casus, name)), name


def test_why():
    w = casus.why("RUS", "GBR", object="forces", at="kyiv", date=datetime.date(2026, 2, 1))
    assert w.kind == "why" and w.basis.date == "2026-02-01"
    answers = {(a.article, a.debtor): a for a in w.answers}
    assert answers["NAT.5", "FRA"].status == "not owed"
    assert any(a.article == "NAT.6" or "NAT.6" in a.because for a in w.answers)
    assert str(w).startswith("Armed attack by Russia (RUS) on United Kingdom (GBR)")
    assert "&lt;" in w._repr_html_() or "<pre" in w._repr_html_()
    assert "trace=LawNode(…)" in repr(answers["NAT.5", "FRA"])
    assert w == casus.why("RUS", "GBR", object="forces", at="kyiv", date="2026-02-01")


def test_facts_are_words_or_a_mapping():
    q = {"by": "RUS", "on": "GBR", "object": "forces", "at": "kyiv", "date": "2026-02-01"}
    said = casus.why(**q, facts={"requested": True, "provoked": False, "at_war(RUS, UKR)": None})
    assert said == casus.why(**q, facts="requested=yes,provoked=no,at_war(RUS,UKR)=unknown")
    assert said.basis.facts["requested"] == "yes" and said.basis.facts["provoked"] == "no"


def test_a_fact_is_yes_no_or_not_known():
    q = {"by": "RUS", "on": "GBR", "date": "2026-02-01"}
    with pytest.raises(casus.QuestionError, match="the fact requested cannot be 2") as e:
        casus.why(**q, facts={"requested": 2})
    assert "None, which is not known" in e.value.hint
    with pytest.raises(casus.QuestionError, match=r"the fact requested cannot be \[1\]"):
        casus.why(**q, facts={"requested": [1]})
    with pytest.raises(TypeError, match="not int"):
        casus.why(**q, facts=2)
    pandas, numpy = pytest.importorskip("pandas"), pytest.importorskip("numpy")
    said = casus.why(**q, facts={"requested": numpy.True_, "provoked": pandas.NA})
    assert said == casus.why(**q, facts={"requested": True, "provoked": None})
    assert said == casus.why(**q, facts={"requested": numpy.float64(1), "provoked": math.nan})  # of a column of 0, 1 and nothing
    assert casus.why(**q, facts={"requested": 0}) == casus.why(**q, facts={"requested": False})


def test_a_moment_stands_for_its_day():
    q = {"by": "RUS", "on": "GBR"}
    day = casus.why(**q, date="2026-02-01")
    utc = datetime.timezone.utc
    moments = [datetime.datetime(2026, 2, 1), datetime.datetime(2026, 2, 1, 23, 59, tzinfo=utc)]
    pandas, numpy = pytest.importorskip("pandas"), pytest.importorskip("numpy")
    moments += [pandas.Timestamp("2026-02-01 12:00"), pandas.Timestamp("2026-02-01", tz="Europe/Kyiv")]
    moments += [numpy.datetime64("2026-02-01"), numpy.datetime64("2026-02-01T10:00", "ns")]
    for moment in moments:
        assert casus.why(**q, date=moment) == day, repr(moment)
    with pytest.raises(casus.QuestionError, match="NaT"):
        casus.why(**q, date=pandas.NaT)


def test_chains_and_cut_are_drawn():
    q = dict(event="armed attack by RUS on UKR, object territory, at kyiv", case="ukraine", options="europe", facts="ceasefire,requested")
    c = casus.chains(end="fights(USA, RUS)", **q)
    assert c.chains and c.svg.startswith("<svg")
    assert "data:image/svg+xml;base64," in c._repr_html_()
    assert casus.cut(between=("USA", "RUS"), **q).cuts


def test_law_of_all_kinds():
    assert casus.owed("2026-07-01", state="FRA").kind == "owed"
    assert casus.conflicts("1982-04-30", state="USA", between=("ARG", "GBR")).kind == "conflicts"
    assert casus.diff("ISTANBUL2022", "PARIS2026", date="2026-07-01").kind == "diff"
    assert casus.cite("NAT.5").cited[0].address == "NAT.5"
    assert casus.why_not("NAT.5", "RUS", "FRA", object="forces", at="kyiv", date="2026-07-01", size=1).kind == "why not"
    assert "ukraine" in [c.case for c in casus.cases().cases]
    assert "ukraine  A guarantee for Ukraine, as of 2025-03-10\n" in str(casus.cases())
    assert [n.name for n in casus.names("options", "truce").rows]
    assert repr(casus.names("options", "truce")).startswith("silence") and "<td" in casus.names("options", "truce")._repr_html_()
    many = casus.names("articles")
    assert len(repr(many).split("\n")) == _base.SHOWN + 2 and repr(many).endswith("articles") and len(str(many).split("\n")) > len(many.rows)
    assert many._repr_html_().count("<tr>") == _base.SHOWN + 1 and "the first 60 of them" in many._repr_html_()
    assert repr(casus.check("truce")).endswith("all as expected")
    assert casus.states("gw:365", date="1914-07-28").states[0].state == "RUS"


def test_a_course_is_judged():
    c = casus.run("1939")
    assert isinstance(c, casus.findings.Course) and c.svg and c.entries


def test_analyse_takes_any_frame():
    columns = {"x": [i / 300 for i in range(300)], "z": [(i * 7919) % 300 / 300 for i in range(300)]}
    columns["y"] = [x * x for x in columns["x"]]
    from_dict = casus.analyse(columns, outputs="y", interest="y > 0.5")
    assert [c.name for c in from_dict.inputs] == ["x", "z"]
    for library in ("pandas", "polars"):
        made = pytest.importorskip(library).DataFrame(columns)
        assert casus.analyse(made, outputs="y", interest="y > 0.5").outputs == from_dict.outputs, library
    made = pytest.importorskip("pyarrow").table(columns)
    assert casus.analyse(made, outputs=["y"], interest="y > 0.5").outputs == from_dict.outputs
    with pytest.raises(TypeError, match="not int"):
        casus.analyse(3)


def test_analyse_says_what_is_wrong_with_columns():
    with pytest.raises(casus.QuestionError, match="of one length, not x of 2, y of 1$"):
        casus.analyse({"x": [1, 2], "y": [1]})
    with pytest.raises(casus.CasusError) as e:  # a table without rows
        casus.analyse({"x": [], "y": []})
    assert "table.csv" in str(e.value) and "casus-" not in str(e.value) + str(e.value.mistakes)


def test_analyse_reads_the_named_levels_of_an_index():
    pandas = pytest.importorskip("pandas")
    rows = range(200)
    df = pandas.DataFrame({"a": [i / 200 for i in rows], "b": [i * 79 % 200 / 200 for i in rows]})
    df["y"] = df.a**2 + df.b
    whole = casus.analyse(df, outputs="y")
    assert [c.name for c in whole.inputs] == ["a", "b"]
    for indexed in (df.set_index("a"), df.set_index(["a", "b"]), df.set_index("a", drop=False), df[::-1][::-1]):
        assert casus.analyse(indexed, outputs="y").inputs == whole.inputs
    partly = df.set_index("a", append=True)  # its first level has no name
    assert [c.name for c in casus.analyse(partly, outputs="y").inputs] == ["a", "b"]
    with pytest.raises(TypeError, match="not Series"):
        casus.analyse(df.y)


def test_matrix_joins_on_dyads():
    pandas = pytest.importorskip("pandas")
    m = casus.matrix("1914-07-28")
    frame = m.pandas()
    assert list(frame.columns[:3]) == ["ccode1", "ccode2", "year"]
    assert len(frame) == len(m.rows)
    deu = frame[(frame.ccode1 == 255) & (frame.ccode2 == 300)]
    assert "DUAL1879.1" in set(deu.articles)
    dyads = pandas.DataFrame({"ccode1": [255], "ccode2": [300], "year": [1914]})
    assert len(dyads.merge(frame, how="left")) == len(deu)
    assert m.polars().shape == frame.shape and m.arrow().num_rows == len(frame)
    years = casus.matrix(years=(1913, 1914), state="RUS").pandas()
    assert set(years.year) == {1913, 1914}


def test_a_matrix_without_rows_has_the_same_columns():
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    none, some = casus.matrix("1816-01-01", state="USA"), casus.matrix("1914-07-28")
    assert not none.rows and some.rows
    assert dict(none.pandas().dtypes) == dict(some.pandas().dtypes)
    assert str(none.pandas().year.dtype) == "int64" and str(none.pandas().ccode1.dtype) == "Int64"
    assert none.polars().schema == some.polars().schema
    assert none.arrow().schema == some.arrow().schema
    # nor do codes that nobody has make a column another kind
    bare = dataclasses.replace(some, rows=[dataclasses.replace(some.rows[0], debtor_cow="", creditor_cow="")])
    assert bare.polars().schema == some.polars().schema and bare.arrow().schema == some.arrow().schema
    assert dict(bare.pandas().dtypes) == dict(some.pandas().dtypes)


def test_a_row_of_the_matrix_is_a_duty():
    pandas = pytest.importorskip("pandas")
    by = ["ccode1", "ccode2", "year"]
    m = casus.matrix(years=(1913, 1914)).pandas()
    assert m.duplicated(by).any()
    ties = m[m.binding == "bound"].dropna(subset=by)[by].drop_duplicates().assign(bound=True)
    dyads = pandas.DataFrame({"ccode1": [255, 255], "ccode2": [300, 220], "year": [1914, 1914]})
    merged = dyads.merge(ties, on=by, how="left", validate="one_to_one")
    assert merged.bound.notna().to_list() == [True, False]


def test_a_frame_of_parts():
    w = casus.owed("2026-07-01", state="FRA")
    parts = next(v for v in vars(w).values() if isinstance(v, list) and v and isinstance(v[0], casus.Part) and hasattr(v[0], "debtor"))
    frame = casus.frame(parts).pandas()
    assert len(frame) == len(parts) and "debtor" in frame


def test_mistakes_have_place_and_hint(tmp_path):
    with pytest.raises(casus.QuestionError) as e:
        casus.owed()
    assert e.value.code == 2 and "on which day?" in str(e.value) and "add date" in e.value.hint
    with pytest.raises(ValueError, match="did you mean"):
        casus.why("RUS", "GRB", date="2026-02-01")
    with pytest.raises(casus.QuestionError, match="did you mean"):
        casus.ask("why", objct="forces")
    for question in (
        lambda: casus.why("RUS", "GRB", date="2026-02-01"),
        lambda: casus.run("truce", options="silenc"),
        lambda: casus.run("truse"),
        lambda: casus.sense("truce", measures="peac", rows=8),
        lambda: casus.names("option"),
    ):
        with pytest.raises(casus.CasusError) as e:
            question()
        assert "did you mean" in e.value.hint and "did you mean" not in e.value.mistakes[0].text
    (tmp_path / "bad.casus").write_text('instrument BADLY "A bad one" {\n  kind treaty\n  signed 2026-01-01\n  party FRA, GBR from 2026-01-01\n  article 1 "Help" {\n    except 5b when place within kyiv\n  }\n}\n')
    with pytest.raises(casus.ModelError) as m:
        casus.check("bad.casus")
    assert m.value.position == ("bad.casus", 6, 12) and m.value.mistakes[0].heading == "A bad one › Article 1"
    with pytest.raises(TypeError, match="not object"):
        casus.ask("owed", date=object())


def test_base_classes_are_those_of_the_schema():
    defs = json.loads((DOCS / "findings.schema.json").read_text())["$defs"]
    for name, cls in {"finding.File": _base.File, "finding.Warning": _base.Caution, "finding.Option": _base.Option, "finding.View": _base.View, "finding.Correlation": _base.Correlation}.items():
        assert {f.name for f in dataclasses.fields(cls)} == set(defs[name]["properties"]), name
    basis = {f.name for f in dataclasses.fields(_base.Basis)}
    for name in ("finding.Basis", "finding.Law", "finding.Played"):
        assert set(defs.get(name, {}).get("properties", {})) <= basis


def test_every_field_of_a_finding_is_read():
    """What the program writes is in the objects, whole: put together again it is the same."""
    for f in (casus.why("RUS", "GBR", object="forces", at="kyiv", date="2026-02-01"), casus.claims("ukraine", claims="C14")):
        assert _again(f, f.raw), f.kind


def _again(part, raw):
    for x in dataclasses.fields(part):
        key = x.metadata.get("json", x.name)
        if key not in raw or x.name.startswith("_"):
            continue
        got, was = getattr(part, x.name), raw[key]
        if isinstance(got, casus.Part):
            assert _again(got, was)
        elif isinstance(got, list) and got and isinstance(got[0], casus.Part):
            assert all(_again(a, b) for a, b in zip(got, was, strict=True))
        elif isinstance(got, dict) and got and isinstance(next(iter(got.values())), casus.Part):
            assert all(_again(got[k], was[k]) for k in was)
        else:
            assert got == (was if was is not None or not isinstance(got, list) else []) or (isinstance(got, float) and math.isnan(got)), x.name
    mine = {x.metadata.get("json", x.name) for x in dataclasses.fields(part)}
    assert set(raw) <= mine, set(raw) - mine
    return True
