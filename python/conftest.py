"""Every test has a folder of its own and the program that CASUS_BINARY names; what a
developer has added to casus is kept out."""

import os

import pytest

import casus_lab


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch, doctest_namespace):
    if "CASUS_BINARY" not in os.environ:
        pytest.exit("CASUS_BINARY names no program: go build -o casus ../cmd/casus && export CASUS_BINARY=$PWD/casus", 2)
    monkeypatch.setenv("CASUS_DATA", str(tmp_path / "added"))
    monkeypatch.chdir(tmp_path)
    doctest_namespace["casus"] = casus_lab
    doctest_namespace["Session"] = casus_lab.Session
    yield
    casus_lab.close()
