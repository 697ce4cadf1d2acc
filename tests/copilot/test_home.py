"""The home: private, one owner, and a clear line for whoever comes second."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from copilot.errors import BadInput, HomeInUse, StoreUnavailable
from copilot.home import Home

_HOLD = """
import sys, time
from pathlib import Path
from copilot.home import Home
with Home.opened(Path(sys.argv[1]), purpose="coach ingest"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_home_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    with Home.opened(tmp_path / "a" / "home", purpose="test") as home:
        assert stat.S_IMODE(home.path.stat().st_mode) == 0o700
    with Home.opened(home.path, purpose="test again"):
        pass


def test_a_home_that_was_opened_up_is_closed_again(tmp_path: Path) -> None:
    Home.opened(tmp_path / "home", purpose="test").close()
    (tmp_path / "home").chmod(0o755)
    with Home.opened(tmp_path / "home", purpose="test") as home:
        assert stat.S_IMODE(home.path.stat().st_mode) == 0o700


def test_a_second_owner_is_told_who_and_what_to_do(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", _HOLD, str(tmp_path / "home")], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(HomeInUse, match=rf"process {holder.pid} \(coach ingest, since .*another --home"):
            Home.opened(tmp_path / "home", purpose="coach prep")
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with Home.opened(tmp_path / "home", purpose="coach prep"):
            pass  # what a dead process held is free
    finally:
        holder.kill()
        holder.wait()
        if holder.stdout:
            holder.stdout.close()


def test_a_lost_owner_file_still_refuses(tmp_path: Path) -> None:
    with Home.opened(tmp_path / "home", purpose="one"):
        for spoiled in ("", "[]", '{"pid": "x"}'):
            (tmp_path / "home" / "owner.json").write_text(spoiled)
            with pytest.raises(HomeInUse, match="in use by another process"):
                Home.opened(tmp_path / "home", purpose="two", wait_seconds=0.05)


def test_a_file_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")
    with pytest.raises(BadInput, match="is a file"):
        Home.opened(tmp_path / "home", purpose="test")
    with pytest.raises(StoreUnavailable, match="Not a directory"):
        Home.opened(tmp_path / "home" / "below", purpose="test")


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("x")
    tmp_path.chmod(0o755)
    with pytest.raises(BadInput, match="empty folder"):
        Home.opened(tmp_path, purpose="test")
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_an_unwritable_place_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *args: object, **more: object) -> None:
        raise OSError(30, "Read-only file system", str(path))  # the tests may run as root, who may write anywhere

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreUnavailable, match=r"Read-only file system.*another --home"):
        Home.opened(tmp_path / "home", purpose="test")
