"""The output folder: written beside, put in place in one step, so that a kill at any moment leaves the last one whole.

A build is written to a *staging* folder. Publishing it is one atomic exchange of two folders where the system has it
(``renameat2`` on Linux); elsewhere, or where the folder that holds OUT cannot be written, the entries are moved one by
one under a marker, and whoever opens OUT next finishes what a kill interrupted. What a build does not own (decisions,
exports that the user keeps there) stays.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.errors import OutputError

GRAPH: Final = "graph.ttl"
EVIDENCE: Final = "evidence.ttl"
PAGE: Final = "graph.html"
STORE: Final = "store"
ARTICLES: Final = "articles.jsonl.gz"
RESOLUTION: Final = "resolution.json"
MANIFEST: Final = "manifest.json"
VIEWS: Final = "views"
OWNED: Final = frozenset({GRAPH, EVIDENCE, PAGE, STORE, ARTICLES, RESOLUTION, MANIFEST, VIEWS})
"""What a build writes and the next build replaces; everything else in OUT belongs to the user."""

_INSIDE = ".next"
_MARKER = "publish"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextlib.contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A fresh folder to write a build to; published when the block ends well with a manifest in it, else thrown away.

    Raises:
        OutputError: OUT is a file, cannot be written, or another build is writing to it.
    """
    created = _prepare(out)
    try:
        with _locked(out):
            recover(out)
            folder = _new_folder(out)
            try:
                with _locked(folder):  # the exchange makes it OUT, which must not be free before the end
                    with _told_of(out):
                        yield folder
                    if (folder / MANIFEST).exists():  # else the output is what it would be
                        _publish(folder, out)
            finally:
                _remove(folder)
    except OSError as error:
        raise output_error(out, error) from error
    finally:
        if created:
            with contextlib.suppress(OSError):
                out.rmdir()


@contextlib.contextmanager
def _told_of(out: Path) -> Iterator[None]:
    """Errors of those who write into the staging folder speak of OUT."""
    try:
        yield
    except OutputError as error:
        if isinstance(error.__cause__, OSError):
            raise output_error(out, error.__cause__) from error
        raise


def recover(out: Path) -> None:
    """Finish or undo what a killed build left in OUT or beside it. The caller holds the lock or is the only one there.

    Raises:
        OSError: the folder cannot be written.
    """
    inside = out / _INSIDE
    if (inside / _MARKER).exists():
        _move_entries(inside, out)
    if inside.exists():
        _remove(inside)
    for left in _beside(out):
        for entry in left.iterdir():
            # An old output whose folder was exchanged a moment before the kill: what is the user's goes back.
            if entry.name not in OWNED and not (out / entry.name).exists():
                entry.rename(out / entry.name)
        _remove(left)


def open_output(out: Path) -> Path:
    """OUT, when it holds a finished build; one that a kill interrupted while it was put in place is finished first.

    Raises:
        OutputError: no such folder, or no finished build in it.
    """
    if not out.exists():
        raise OutputError(f"{out}: no such folder; `kg build PATH -o {out}` makes it")
    if not out.is_dir():
        raise OutputError(f"{out}: is a file; name the folder that `kg build` wrote")
    if (out / _INSIDE / _MARKER).exists():
        with contextlib.suppress(OSError, OutputError), _locked(out):
            recover(out)
    if not (out / MANIFEST).is_file():
        raise OutputError(f"{out}: holds no finished build; `kg build PATH -o {out}` makes one")
    return out


def output_error(out: Path, error: OSError) -> OutputError:
    """The one-line error for an operating system error while OUT was written."""
    # Oxigraph gives no number, only words.
    code = errno.ENOSPC if error.errno is None and "No space left" in str(error) else error.errno
    match code:
        case errno.ENOSPC | errno.EDQUOT:
            return OutputError(
                f"{out}: the disk is full; free some space and build again (earlier output is untouched)"
            )
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return OutputError(f"{out}: cannot be written ({_reason(error)}); choose another folder with -o")
        case errno.ENOTDIR | errno.EEXIST if not out.is_dir():
            return OutputError(f"{out}: is a file or lies under one; choose another folder with -o")
        case _:
            return OutputError(f"{out}: cannot be written ({_reason(error)}); earlier output is untouched")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error) or type(error).__name__).replace("\n", " ")


def _prepare(out: Path) -> bool:
    """Make OUT where it is missing; true when this call made it."""
    if out.is_dir():
        if not os.access(out, os.W_OK | os.X_OK):
            raise OutputError(f"{out}: cannot be written (no permission); choose another folder with -o")
        return False
    if out.exists() or out.is_symlink():
        raise OutputError(f"{out}: is a file; choose another folder with -o")
    try:
        out.mkdir(parents=True)
    except OSError as error:
        raise output_error(out, error) from error
    return True


@contextlib.contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold OUT against another build. The lock lies on the folder itself and dies with the process."""
    try:
        import fcntl
    except ImportError:  # Windows has no advisory lock on folders
        yield
        return
    handle = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(f"{out}: another build is writing to it; wait for it or choose another folder") from error
        except OSError:  # a file system without locks
            pass
        yield
    finally:
        os.close(handle)


def _beside(out: Path) -> list[Path]:
    return sorted(out.resolve().parent.glob(f".{out.resolve().name}.kg-*"))


def _new_folder(out: Path) -> Path:
    """A sibling of OUT on the same file system, or a folder in it where the parent cannot be written."""
    place = out.resolve()
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{place.name}.kg-", dir=place.parent))
    except OSError:
        pass
    else:
        if folder.stat().st_dev == place.stat().st_dev:
            folder.chmod(place.stat().st_mode & 0o7777)
            return folder
        folder.rmdir()
    inside = place / _INSIDE
    inside.mkdir()
    return inside


def _publish(folder: Path, out: Path) -> None:
    place = out.resolve()
    if folder.parent != place:
        if not any(place.iterdir()):
            with contextlib.suppress(OSError):
                folder.rename(place)  # over an empty folder: atomic
                return
        for entry in place.iterdir():
            if entry.name not in OWNED and entry.is_file() and not entry.is_symlink():
                # The user's files are in place at every moment; folders, which cannot be linked, are moved afterwards.
                with contextlib.suppress(OSError):
                    os.link(entry, folder / entry.name)
        if _exchange(folder, place):
            for entry in folder.iterdir():
                if entry.name not in OWNED and not (place / entry.name).exists():
                    entry.rename(place / entry.name)
            return
        for entry in folder.iterdir():
            if entry.name not in OWNED:
                entry.unlink()
        inside = place / _INSIDE
        shutil.move(folder, inside)  # copies where OUT is a mount of its own
        folder = inside
    (folder / _MARKER).touch()
    _move_entries(folder, place)


def _move_entries(folder: Path, out: Path) -> None:
    """Put each entry of a finished staging folder in its place. Done again after a kill, it ends the same."""
    for entry in sorted(folder.iterdir()):
        if entry.name not in OWNED:
            continue
        target = out / entry.name
        if target.is_dir():
            aside = folder / f"old-{entry.name}"
            _remove(aside)
            target.rename(aside)
        entry.replace(target)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; false where the system cannot."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(
        rename(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), ctypes.c_uint(_RENAME_EXCHANGE)) == 0
    )


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
