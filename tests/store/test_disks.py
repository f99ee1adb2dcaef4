"""A library whose disk is out is not taken for a new one. The disks are real where there are two."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import disks
from store.errors import GoneError
from store.files import local_folder
from store.library import Library

MEMORY = Path("/dev/shm")
PAGE = "다리 이야기\n\n새 다리가 내년 봄에 열린다고 시청이 밝혔다. 통행료는 아직 정해지지 않았다.\n".encode()


class Mount:
    """A place at which a disk is, or is not."""

    def __init__(self, point: Path, disk: Path) -> None:
        self.point, self.disk = point, disk
        self.put_in()

    def put_in(self) -> None:
        if self.point.is_dir():
            self.point.rmdir()
        self.point.symlink_to(self.disk, target_is_directory=True)

    def take_out(self, *, leaving: bool) -> None:
        self.point.unlink()
        if leaving:
            self.point.mkdir()


@pytest.fixture(params=["another disk", "the same disk, told to be another"])
def mount(
    request: pytest.FixtureRequest, own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Mount]:
    if request.param == "another disk":
        homes = [
            place
            for place in (Path("/tmp"), Path("/var/tmp"))
            if disks.disk_of(place) != disks.disk_of(MEMORY)
        ]
        if not MEMORY.is_dir() or not homes:
            pytest.skip("there is only one disk here")
        home = homes[0] / f"mitjul-test-{tmp_path.name}"
        disk = MEMORY / f"mitjul-test-{tmp_path.name}"
        for place in (home, disk):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
        monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
        yield Mount(home / "usb", disk)
        for place in (home, disk):
            shutil.rmtree(place, ignore_errors=True)
        return
    (tmp_path / "disk").mkdir()
    real = disks.disk_of

    def disk_of(path: Path) -> int | None:
        there = next(place for place in (path, *path.parents) if place.exists())
        return 424242 if there.resolve().is_relative_to(tmp_path / "disk") else real(path)

    monkeypatch.setattr(disks, "disk_of", disk_of)
    yield Mount(tmp_path / "usb", tmp_path / "disk")


@pytest.mark.parametrize("leaving", [True, False], ids=["an empty folder stays", "nothing stays"])
@pytest.mark.parametrize("inside", ["서가", "."])
def test_no_library_is_made_where_a_disk_is_out(mount: Mount, inside: str, leaving: bool) -> None:
    folder = mount.point / inside
    with Library.open(folder) as library:
        assert [item.status for item in library.add(PAGE, name="다리.txt")] == ["added"]
    mount.take_out(leaving=leaving)
    for write in (True, False):
        with pytest.raises(GoneError, match="디스크가 보이지 않습니다"):
            Library.open(folder, write=write)
    with pytest.raises(GoneError, match="디스크가 보이지 않습니다"):
        Library.open(folder, background=True, or_read=True)
    assert not mount.point.exists() or not list(mount.point.iterdir()), "nothing was made"
    mount.put_in()
    with Library.open(folder) as library:
        assert len(library.list()) == 1
    mount.take_out(leaving=True)
    disks.forget(folder)
    with Library.open(folder) as library:
        assert library.list() == [], "it was asked for"
    with Library.open(folder) as library:
        assert library.list() == []


def test_a_library_that_was_thrown_away_is_no_disk_that_is_out(mount: Mount, tmp_path: Path) -> None:
    folder = mount.point / "서가"
    Library.open(folder).close()
    shutil.rmtree(folder)
    with Library.open(folder) as library:
        assert library.list() == []


def test_nothing_is_kept_of_a_library_on_the_readers_own_disk(own_home: Path) -> None:
    folder = own_home / "library"
    Library.open(folder).close()
    assert not (local_folder(folder) / "disk").exists()
    shutil.rmtree(folder)
    Library.open(folder).close()


def test_what_is_kept_may_be_no_file(own_home: Path) -> None:
    folder = own_home / "library"
    (local_folder(folder) / "disk").mkdir(parents=True)
    Library.open(folder).close()
    shutil.rmtree(folder)
    Library.open(folder).close()
