"""The process behind the questions."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import casus_lab as casus

LONG = dict(case="ukraine", worlds=20000, record="long")


def test_progress_is_told():
    told = []
    casus.run("truce", worlds=8, progress=lambda done, total: told.append((done, total)))
    assert told and all(0 <= d <= t for d, t in told) and told[-1][0] == told[-1][1]


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_an_interrupt_stops_the_question_and_leaves_the_process():
    with casus.Session() as s:
        s.ask("cases")
        first = s._running.process.pid
        timer = threading.Timer(3, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            s.ask("run", progress=False, **LONG)
        assert time.monotonic() - began < 25
        assert s.ask("states", states="FRA").states[0].state == "FRA"
        assert s._running.process.pid == first


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_an_interrupt_says_where_the_record_is(tmp_path):
    """Stopped when most is done: the record of that is kept, and gone on with."""
    stopped = []

    def stop(done, total):
        if not stopped and done > 0.8 * total:
            stopped.append(done)
            os.kill(os.getpid(), signal.SIGINT)

    plan = dict(worlds=512, options=["europe", "monitors"])
    with pytest.raises(KeyboardInterrupt) as e:
        casus.run("ukraine", record="t", progress=stop, **plan)
    assert type(e.value) is KeyboardInterrupt  # of another Python would not end by the signal
    assert str(e.value).endswith("the run was stopped; its record is in t, and resume goes on with it")
    assert e.value.record == str(tmp_path / "t") and e.value.said
    assert not casus.run("ukraine", resume=e.value.record).basis.partial


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_an_interrupt_of_what_keeps_nothing_has_no_record():
    threading.Timer(2, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt) as e:
        casus.run(progress=False, **LONG)
    assert e.value.record is None and "no record is written" in str(e.value)


def test_what_was_said_stands_with_an_error():
    e = casus.ModelError("it cannot", (casus.Mistake("it cannot"),))
    e.remark(["it cannot", "by the way"])
    assert e.said == ("by the way",)
    assert getattr(e, "__notes__", ["by the way"]) == ["by the way"]


def test_a_process_that_is_killed_is_told_and_started_again():
    with casus.Session() as s:
        s.ask("cases")
        killed = s._running.process
        threading.Timer(1, killed.kill).start()
        with pytest.raises(casus.ProgramError, match="in the middle of an answer"):
            s.ask("run", progress=False, **LONG)
        assert s.ask("states", states="FRA").kind == "states"


def test_threads_take_turns():
    got = {}

    def one(code):
        got[code] = casus.states(code, date="1950-01-01").states[0].state

    threads = [threading.Thread(target=one, args=(c,)) for c in ("FRA", "GBR", "USA", "CHN")]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert got == {c: c for c in ("FRA", "GBR", "USA", "CHN")}


def test_paths_are_those_of_the_folder_one_is_in(tmp_path, monkeypatch):
    casus.cases()
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    casus.run("truce", worlds=4)
    assert (tmp_path / "a" / "casus-records" / "truce" / "measures.parquet").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_child_has_a_process_of_its_own():
    code = (
        "import os, casus_lab as c; c.cases(); pid = os.fork()\n"
        "if pid == 0:\n    c.cases(); os._exit(0)\n"
        "assert os.waitpid(pid, 0)[1] == 0; print(c.states('FRA').states[0].state)"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "FRA", done.stderr


def test_nothing_is_left_behind():
    code = "import casus_lab as c; c.cases(); print(c._ask._shared._running.process.pid)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    if os.name != "nt":
        time.sleep(0.2)
        with pytest.raises(ProcessLookupError):
            os.kill(int(done.stdout), 0)


def test_no_frame_library_is_imported():
    code = "import sys, casus_lab as c; c.why('RUS', 'GBR', date='2026-02-01'); print({'pandas', 'polars', 'pyarrow', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "set()"
