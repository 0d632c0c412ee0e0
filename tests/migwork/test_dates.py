"""Dates as people write them."""

from datetime import datetime

import pytest
from django.utils import formats, translation


@pytest.mark.parametrize(
    ("language", "pattern", "written"),
    [
        ("it", "DATE_FORMAT", "8 giugno 2026"),
        ("it", "l j F, H:i", "lunedì 8 giugno, 15:30"),
        ("it", "D j F", "lun 8 giugno"),
        ("en", "l j F", "Monday 8 June"),
    ],
)
def test_dates(language, pattern, written):
    with translation.override(language):
        assert formats.date_format(datetime(2026, 6, 8, 15, 30), pattern) == written
