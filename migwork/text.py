"""Keys by which names are sorted and found, the same in Python and in the database."""

import unicodedata


def unaccented(text: str) -> str:
    """`text` in lower case without accents or marks: 'Niccolò D’Àvila' → 'niccolo d’avila'."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def sort_key(*parts: str) -> str:
    """One key from several parts, to sort people by surname then name: 'rossi' < 'ròssi b'.

    Without apostrophes, so that who types "davila" finds D'Àvila too.
    """
    plain = (unaccented(p).replace("'", "").replace("’", "") for p in parts if p)
    return " ".join(" ".join(p.split()) for p in plain)[:300]
