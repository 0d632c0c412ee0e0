"""docs/features.md claims nothing that no test shows."""

import ast
import re

import pytest
from django.conf import settings

MAP = settings.BASE_DIR / "docs" / "features.md"
STATES = {"works", "partly", "not yet", "struck out"}


def rows():
    """The cells of each line that has a number."""
    for line in MAP.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(r"(\d+|S)\.\d+", cells[0]):
            yield cells


def functions_of(file):
    tree = ast.parse((settings.BASE_DIR / file).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_line_is_whole():
    assert len(list(rows())) > 70
    for cells in rows():
        assert len(cells) == 6, cells
        assert cells[5] in STATES, cells
    numbers = [cells[0] for cells in rows()]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("cells", list(rows()), ids=lambda cells: cells[0])
def test_what_works_names_a_test_that_exists(cells):
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", cells[4])
    assert named or cells[5] != "works", "a line that works names its test"
    for file, function in named:
        assert (settings.BASE_DIR / file).exists(), f"{file} does not exist"
        assert function in functions_of(file), f"{file} has no {function}"
