"""The name under which a file is shown and handed out again."""

import re

from migwork.text import one_line

LONGEST = 150
# What a system may read as a path, a wildcard or the end of a header.
_RESERVED = re.compile(r'[<>:"|?*;%\x00]+')


def clean_name(name: str, suffix: str) -> str:
    """`name` without folders, unseen signs and what systems reserve, ending with `suffix` and no other of ours.

    "../../Carta d’identità.PDF.exe" of a PDF is "Carta d’identità.PDF.exe.pdf".
    """
    last = re.split(r"[/\\]", name.replace("\x00", ""))[-1]
    stem = one_line(_RESERVED.sub(" ", last))
    for ending in {".jpg": (".jpeg", ".jpg")}.get(suffix, (suffix,)):
        if stem.lower().endswith(ending):
            stem = stem[: -len(ending)]
            break
    stem = stem.strip(". ")[: LONGEST - len(suffix)].strip(". ")
    return f"{stem or 'file'}{suffix}"
