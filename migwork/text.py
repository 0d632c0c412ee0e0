"""Keys by which names are sorted and found, the same in Python and in the database."""

import re
import unicodedata


def unaccented(text: str) -> str:
    """`text` in lower case without accents or marks: 'Niccolò D’Àvila' → 'niccolo d’avila'."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


# Control characters, and signs that turn the direction of what follows them, which in a list is somebody
# else's name. NUL stays: forms refuse it.
_BLANKS = [*range(1, 0x20), *range(0x7F, 0xA0)]
_TURNS = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_NOT_IN_KEYS = dict.fromkeys(map(ord, "\x00'’"))
_UNSEEN = dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_TURNS)


# What XML, and so XLSX and feeds, cannot hold.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def for_xml(text: str) -> str:
    """`text` without the signs for which XML has no place."""
    return _NOT_IN_XML.sub("", text)


def one_line(text: str) -> str:
    """`text` as it can stand in any line, mail or SMS: no breaks, single blanks, no turning of directions."""
    return " ".join(text.translate(_UNSEEN).split())


def sort_key(*parts: str) -> str:
    """One key from several parts, to sort people by surname then name: 'rossi' < 'ròssi b'.

    Without apostrophes, so that who types "davila" finds D'Àvila too; without NUL, for which no database can look.
    """
    plain = (unaccented(p).translate(_NOT_IN_KEYS) for p in parts if p)
    return " ".join(" ".join(p.split()) for p in plain)[:300]
