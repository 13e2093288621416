"""Where the program is found. The places are made in a folder; what is run is a script
that only has to be there. That wheels land in these places is tried by
cmd/release's own test, with pip."""

import os
import stat
import sysconfig

import pytest

import casus_lab
from casus_lab import _program


def put(folder, name=None):
    folder.mkdir(parents=True, exist_ok=True)
    p = folder / (name or _program._name())
    p.write_text("#!/bin/sh\n")
    p.chmod(p.stat().st_mode | stat.S_IXUSR)
    return str(p)


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """No casus anywhere: every place that is looked at lies in the folder."""
    monkeypatch.delenv("CASUS_BINARY", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(_program.metadata, "files", lambda _: None)
    monkeypatch.setattr(sysconfig, "get_path", lambda _, scheme: str(tmp_path / scheme))
    monkeypatch.setattr(_program.sys, "executable", str(tmp_path / "interpreter" / "python"))
    monkeypatch.setattr(_program, "__file__", str(tmp_path / "a" / "b" / "c" / "site" / "casus_lab" / "_program.py"))
    return tmp_path


def test_nothing_is_found(nowhere):
    with pytest.raises(casus_lab.ProgramNotFound) as e:
        _program.program()
    assert "PATH" in e.value.looked and "CASUS_BINARY" in str(e.value)


def test_the_list_of_installed_files_comes_before_folders(nowhere, monkeypatch):
    put(nowhere / "venv")
    recorded = put(nowhere / "recorded")

    class File:
        name = _program._name()

        def locate(self):
            return recorded

    monkeypatch.setattr(_program.metadata, "files", lambda _: [File()])
    assert _program.program() == recorded


@pytest.mark.parametrize("folder", ["venv", "interpreter", "a/b/c/site/bin", "a/b/c/bin", "a/Scripts"])
def test_places(nowhere, folder):
    here = put(nowhere / folder)
    assert _program.program() == here


def test_user_installs(nowhere):
    scheme = sysconfig.get_preferred_scheme("user")
    here = put(nowhere / scheme)
    assert _program.program() == here


def test_path_comes_last(nowhere):
    last = put(nowhere / "path", "casus")
    assert _program.program() == last
    here = put(nowhere / "interpreter")
    assert _program.program() == here


def test_the_environment_comes_first(nowhere, monkeypatch):
    put(nowhere / "venv")
    mine = put(nowhere / "mine", "my-casus")
    monkeypatch.setenv("CASUS_BINARY", mine)
    assert _program.program() == mine
    monkeypatch.setenv("CASUS_BINARY", str(nowhere / "not-there"))
    with pytest.raises(casus_lab.ProgramNotFound, match="CASUS_BINARY"):
        _program.program()


def test_a_file_that_cannot_be_run_is_passed_over(nowhere):
    if os.name == "nt":
        pytest.skip("every file can be run there")
    os.chmod(put(nowhere / "venv"), 0o644)
    here = put(nowhere / "interpreter")
    assert _program.program() == here


def test_windows_says_scripts_and_exe(nowhere, monkeypatch):
    monkeypatch.setattr(_program, "_name", lambda: "casus.exe")
    here = put(nowhere / "a" / "Scripts", "casus.exe")
    assert _program.program() == here
