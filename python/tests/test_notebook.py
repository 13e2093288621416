"""The notebook in examples is run from its first cell to its last."""

import importlib.util
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def test_it_is_the_one_that_is_made():
    spec = importlib.util.spec_from_file_location("make", EXAMPLES / "make.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    assert (EXAMPLES / "question_to_picture.ipynb").read_text(encoding="utf-8") == make.notebook()


def test_it_runs(tmp_path):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    pytest.importorskip("pandas")
    book = nbformat.read(EXAMPLES / "question_to_picture.ipynb", as_version=4)
    nbclient.NotebookClient(book, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [o.get("data", {}).get("text/html", "") for c in book.cells if c.cell_type == "code" for o in c.outputs]
    assert any("data:image/svg+xml" in h for h in shown), "no picture"
    assert "<svg" in (tmp_path / "robust.svg").read_text(encoding="utf-8")
    assert not any(o.output_type == "error" for c in book.cells if c.cell_type == "code" for o in c.outputs)
