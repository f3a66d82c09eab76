"""Fills the disk that a database is on: ``python -m tests.faults.full [duckdb|postgresql]``, as a user who may mount.

Imports until one does not fit, writes a backup and a report on the full disk, makes room, and goes on. Then it deletes
a code with more and more room, for DuckDB needs room to write its file anew.
"""

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.cli import main as command
from evaluation.i18n import Translator, languages
from evaluation.store import Store, StoreError, open_store
from tests.faults.drafts import ITEMS, draft
from tests.faults.stored import look, whole
from tests.postgres import DUCKDB, running

FORMS = 1000
# So large are disk and what is left of it: a server's own files take most of it.
SIZES = {DUCKDB: ("24m", 8_000_000), "postgresql": ("160m", 6_000_000)}
MOST_IMPORTS = 50
BALLAST = "ballast"


@dataclass
class Figures:
    """What came of it: ``said`` are the keys of the sentences to imports, ``left`` the files that writing left."""

    accepted: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    went_on: bool = False


@dataclass(frozen=True)
class Disk:
    """A small file system; ballast takes its room."""

    folder: Path

    def leave(self, room: int) -> None:
        """Take all of the room but ``room`` bytes."""
        state = os.statvfs(self.folder)
        taken = state.f_bavail * state.f_frsize - room
        if taken <= 0:
            return
        with tempfile.NamedTemporaryFile(prefix=BALLAST, dir=self.folder, delete=False) as ballast:
            os.posix_fallocate(ballast.fileno(), 0, taken)

    def make_room(self) -> None:
        for ballast in self.folder.glob(f"{BALLAST}*"):
            ballast.unlink()


@contextmanager
def small_disk(size: str) -> Iterator[Disk]:
    """Give a small disk. Skips the test where the user may not mount one."""
    with tempfile.TemporaryDirectory() as name:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=777", "tmpfs", name], check=False)  # noqa: S607
        if done.returncode:
            pytest.skip("a small disk can be mounted by the administrator of a machine only")
        try:
            yield Disk(Path(name))
        finally:
            subprocess.run(["umount", "--lazy", name], check=True)  # noqa: S607


@contextmanager
def database_on(disk: Disk, kind: str) -> Iterator[str]:
    """Give the address of an empty database whose files are on ``disk``."""
    if kind == DUCKDB:
        yield f"duckdb:///{(disk.folder / 'own.duckdb').as_posix()}"
        return
    with running(disk.folder) as cluster:
        yield cluster.new_database()


def run(kind: str) -> Figures:
    """Fill the disk, look at what is stored, make room, look again."""
    figures = Figures()
    size, room = SIZES[kind]
    with small_disk(size) as disk, database_on(disk, kind) as url:
        store = open_store(url)
        store.accept(draft(0, FORMS))
        figures.accepted.append(draft(0, 1).file)
        out = disk.folder / "out"
        out.mkdir()
        (out / "old.zip").write_bytes(b"old")
        disk.leave(room)
        refused = _fill(store, figures)
        _check(url, figures)
        disk.leave(0)
        _write_files(out, url, figures)
        disk.make_room()
        _check(url, figures)
        for each in (store, open_store(url)):
            figures.accepted.append(draft(refused, 1).file)
            each.accept(draft(refused, FORMS))
            refused += 1
        _check(url, figures)
        figures.went_on = True
    return figures


def delete(steps: int = 14) -> list[tuple[str, int, int]]:
    """Delete code after code from a DuckDB file, each with more room; return what was said and what is stored then.

    That are the forms of the code, and those of all with those deleted before.
    """
    found, gone = [], 0
    with small_disk(SIZES[DUCKDB][0]) as disk, database_on(disk, DUCKDB) as url:
        store = open_store(url)
        for number in range(3):
            store.accept(draft(number, 3 * FORMS))
        for step in range(steps):
            code = f"0-{step}"
            disk.leave(step * 1_000_000)
            try:
                store.forget(code)
                said = ""
            except StoreError as refused:
                said = refused.key
            disk.make_room()
            again = open_store(url)
            left = again.use_of(code).forms
            gone += 1 - left
            found.append((said, left, again.facts().forms + gone))
    return found


def _fill(store: Store, figures: Figures) -> int:
    """Import file by file until the disk is full, and twice more; return the number of the first that was refused."""
    first = None
    for number in range(1, MOST_IMPORTS):
        try:
            store.accept(draft(number, FORMS))
        except StoreError as refused:
            figures.said.append(refused.key)
            first = first or number
            if len(figures.said) == 3:
                return first
        else:
            figures.accepted.append(draft(number, 1).file)
    raise AssertionError("the disk is too large for this trial")


def _check(url: str, figures: Figures) -> None:
    """Note what is stored in part, and what was told as done and is not there."""
    stored = look(url)
    figures.half += [file for file, rows in stored.rows.items() if rows != whole(FORMS, len(ITEMS))]
    figures.half += ["rows of no import"] if stored.strays else []
    figures.lost += [file for file in figures.accepted if stored.imports.get(file) != 1]
    figures.lost += [file for file in stored.imports if file not in figures.accepted]


def _write_files(out: Path, url: str, figures: Figures) -> None:
    """Let the command line write on the full disk, over a file and beside one; note its sentences and what is left."""
    database = ("--database", url)
    with tempfile.TemporaryDirectory() as folder:
        sample = f"duckdb:///{(Path(folder) / 'sample.duckdb').as_posix()}"
        store = ("--database", sample)
        _said("import", str(SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx"), *store)
        for language in languages():
            figures.told += [
                _said("backup", "-o", str(out / "old.zip"), "--lang", language, *database),
                _said("backup", "-o", str(out / "new.zip"), "--lang", language, *database),
                _said("report", "--practice", "sisu", "-o", str(out / "sisu.pptx"), "--lang", language, *store),
            ]
    figures.left = sorted(path.name for path in out.iterdir())
    if (out / "old.zip").read_bytes() != b"old":
        figures.half.append("old.zip")
    expected = [
        Translator(language)("cli.disk_full", file=out / name)
        for language in languages()
        for name in ("old.zip", "new.zip", "sisu.pptx")
    ]
    figures.half += [said for said, wanted in zip(figures.told, expected, strict=True) if said != wanted]


def _said(*arguments: str) -> str:
    """Run a command; return what it says on the error stream."""
    errors = StringIO()
    with redirect_stderr(errors), redirect_stdout(StringIO()):
        command(list(arguments))
    return errors.getvalue().strip()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", nargs="?", choices=tuple(SIZES), default=DUCKDB)
    kind = parser.parse_args().kind
    figures = run(kind)
    print(f"imports saved: {len(figures.accepted)}, refused on the full disk: {', '.join(figures.said)}")
    print(f"saved in part: {len(figures.half)} {figures.half}, lost or not told: {len(figures.lost)} {figures.lost}")
    print(f"files there after writing on the full disk: {', '.join(figures.left)}")
    print("said:", *dict.fromkeys(figures.told), sep="\n  ")
    for said, left, forms in delete() if kind == DUCKDB else ():
        print(f"deleting a code: {said or 'done'}; forms of the code {left}, of all with those deleted before {forms}")
    print(f"went on after room was made: {'yes' if figures.went_on else 'NO'}")


if __name__ == "__main__":
    main()
