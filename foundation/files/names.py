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
    stem = one_line(_RESERVED.sub(" ", last)).strip(". ")
    if suffix == ".jpg" and stem.lower().endswith(".jpeg"):
        stem = stem[: -len(".jpeg")]
    elif stem.lower().endswith(suffix):
        stem = stem[: -len(suffix)]
    stem = stem.strip(". ")[: LONGEST - len(suffix)].strip(". ")
    return f"{stem or 'file'}{suffix}"
