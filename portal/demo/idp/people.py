"""The made-up people of people.toml."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def people() -> dict[str, dict]:
    """By their short name."""
    return tomllib.loads((Path(__file__).parent / "people.toml").read_text())
