"""Stamps remember what a step was done for, so that a second start skips it."""

import hashlib
import os
from pathlib import Path


def digest(paths, *extra, root):
    """A fingerprint of files (and of all files below folders) by name and content."""
    seen = hashlib.sha256()
    for path in sorted(files_of(paths)):
        seen.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode())
        seen.update(path.read_bytes())
    for value in extra:
        seen.update(f"\0{value}".encode())
    return seen.hexdigest()


def files_of(paths):
    """All files at or below the given paths; what is missing counts as empty."""
    for path in paths:
        if path.is_dir():
            yield from (p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
        elif path.is_file():
            yield path


def sources(root, pattern):
    """All paths of the checkout that end like the pattern, leaving out what is fetched or built."""
    for folder, names, files in os.walk(root):
        names[:] = [n for n in names if not n.startswith(".") and n not in ("node_modules", "__pycache__")]
        yield from (path for n in [*files, *names] if (path := Path(folder, n)).match(pattern))


class Stamps:
    """One small file per step, in `.dev/stamps/`."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def holds(self, name, value):
        try:
            return (self.folder / name).read_text() == value
        except OSError:
            return False

    def put(self, name, value):
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(value)
