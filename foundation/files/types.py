"""What a file is, by its bytes: never by its name or by what the browser says."""

import re
import zlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Type:
    """A type of file that can be brought. `begins` are its first bytes."""

    code: str
    suffix: str
    content_type: str
    begins: bytes


TYPES = {
    kind.code: kind
    for kind in (
        Type("pdf", ".pdf", "application/pdf", b"%PDF-"),
        Type("jpg", ".jpg", "image/jpeg", b"\xff\xd8\xff"),
        Type("png", ".png", "image/png", b"\x89PNG\r\n\x1a\n"),
    )
}
BEGINNING = max(len(kind.begins) for kind in TYPES.values())

# What makes a PDF do something by itself, and what hides from us whether it does.
_RUNS = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA)(?![A-Za-z])")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# More than this an object stream of an honest file does not hold.
_MOST_UNPACKED = 8 * 1024 * 1024


def type_of(beginning: bytes) -> Type | None:
    """The type of a file that begins with these bytes."""
    return next((kind for kind in TYPES.values() if beginning.startswith(kind.begins)), None)


def is_quiet(pdf: bytes) -> bool:
    """Whether a PDF holds nothing that runs when it is opened, as far as can be seen; a locked one cannot be."""
    objects, unpacked = [], 0
    last = 0
    for stream in _STREAM.finditer(pdf):
        outside = pdf[last : stream.start()]
        objects.append(outside)
        last = stream.end()
        # Objects lie in the open or in object streams; other streams hold pictures, fonts and text.
        if b"/ObjStm" in outside[outside.rfind(b" obj") :]:
            try:
                packed = zlib.decompressobj().decompress(stream[1], _MOST_UNPACKED - unpacked + 1)
            except zlib.error:
                return False
            unpacked += len(packed)
            if unpacked > _MOST_UNPACKED:
                return False
            objects.append(packed)
    objects.append(pdf[last:])
    plain = (_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part) for part in objects)
    return not any(_RUNS.search(part) or _LOCKED.search(part) for part in plain)
