"""Tables written in Python."""

import pytest
from django.utils.safestring import SafeString

from migwork.tables import Figures, link, table


def test_cells_are_escaped_unless_they_are_html():
    drawn = table("A & B", ["<Name>", Figures("Hours")], [("<i>", SafeString("<b>2</b>"))], foot=("Σ", ""))
    assert isinstance(drawn, SafeString)
    assert '<caption class="visually-hidden">A &amp; B</caption>' in drawn
    assert '<th scope="col">&lt;Name&gt;</th><th scope="col" class="num">Hours</th>' in drawn
    assert '<th scope="row">&lt;i&gt;</th><td class="num" data-label="Hours"><b>2</b></td>' in drawn
    assert '<tfoot><tr><th scope="row">Σ</th><td class="num" data-label="Hours"></td></tr></tfoot>' in drawn


def test_links_are_escaped():
    assert link("/x/?a=1&b=2", "<A>") == '<a href="/x/?a=1&amp;b=2">&lt;A&gt;</a>'


def test_a_row_has_a_cell_for_each_column():
    with pytest.raises(ValueError, match="zip"):
        table("", ["A", "B"], [("only one",)])
