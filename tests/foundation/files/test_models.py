"""What the tables of files refuse."""

import pytest

from tests import factories as f
from tests.foundation.refusals import assert_refused, constraints_of

REFUSED = {
    "stored_file_is_not_empty": [lambda: f.StoredFileFactory(bytes=0)],
    "stored_file_has_a_name": [lambda: f.StoredFileFactory(name="")],
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(db, name):
    assert_refused(name, *REFUSED[name])


def test_each_constraint_is_tried():
    assert constraints_of("files") == set(REFUSED)
