"""Why somebody goes past a warning of the rules: typed where the warning stands."""

from collections.abc import Mapping

# The reason comes with the code of the finding after this.
WHY = "why-"
LONGEST = 500


def reasons_in(data: Mapping[str, str]) -> dict[str, str]:
    """What was typed, by the code of the finding."""
    return {
        name.removeprefix(WHY): text.strip()[:LONGEST]
        for name, text in data.items()
        if name.startswith(WHY) and text.strip()
    }
