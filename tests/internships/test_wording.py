"""The language of templates: what it means, what it refuses, what it cannot do."""

import pytest

from internships import wording
from internships.enums import PaperCode
from internships.management.commands.load_papers import ROOM

PROJECT = PaperCode.PROJECT


def html(body, conditions=(), **values):
    return wording.written(body, values, dict.fromkeys(conditions, True))


def test_headings_lists_bold_and_facts():
    body = "# Doveri\n## Ogni giorno\n- venire\n- avvisare\n\nDa **{host}**\ncon {title}"
    assert html(body, host="Bar Basso", title="un corso").splitlines() == [
        "<h2>Doveri</h2>",
        "<h3>Ogni giorno</h3>",
        "<ul><li>venire</li><li>avvisare</li></ul>",
        "<p>Da <strong>Bar Basso</strong><br>con un corso</p>",
    ]


def test_what_people_typed_means_nothing():
    """Neither markup, nor a heading, nor another fact, nor a condition."""
    typed = "<script>x</script>\n# Titolo\n{end}\n{host} **forte**"
    assert html("Dice {wishes}.", wishes=typed, host="Bar Basso") == (
        "<p>Dice &lt;script&gt;x&lt;/script&gt;<br># Titolo<br>{end}<br>{host} **forte**.</p>"
    )


def test_markup_of_whoever_edits_is_only_text():
    assert html('<b onclick="x">{% load x %}{{ host }}') == "<p>&lt;b onclick=&quot;x&quot;&gt;—{—}</p>"


@pytest.mark.parametrize(("met", "shown"), [((), "<p>Sempre</p>"), (("minor",), "<p>Per chi firma</p>\n<p>Sempre</p>")])
def test_a_part_on_a_condition(met, shown):
    assert html("{if minor}\nPer chi firma\n\n{end}\nSempre", met) == shown


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{host.vat_number}", "host.vat_number"),
        ("{hots}", "hots"),
        ("{if rich}\nx\n{end}", "rich"),
        ("{if minor}\nx", "{end}"),
        ("{end}", "{if"),
        ("{if minor}\n{if meals}\nx\n{end}\n{end}", "{end}"),
        ("una { sola", "graffa"),
    ],
)
def test_what_has_to_be_mended_is_said_with_its_line(line, said):
    good = (ROOM / "papers" / "training-project.txt").read_text(encoding="utf-8")
    [fault, *_more] = wording.faults(PROJECT, f"{line}\n\n{good}")
    assert said in fault
    assert "Riga " in fault


def test_a_paper_without_its_parties_is_none():
    [fault] = wording.faults(PaperCode.AGREEMENT, "{promoter} {host_signer} {valid_from} {valid_to}")
    assert "{host}" in fault


@pytest.mark.parametrize("code", PaperCode.values)
def test_the_words_that_the_portal_starts_with_are_good(code):
    body = (ROOM / "papers" / f"{code}.txt").read_text(encoding="utf-8")
    assert wording.faults(code, body) == []
    shown = wording.written(body, wording.examples(code), dict.fromkeys(wording.CONDITIONS[code], True))
    assert "{" not in shown
    assert "—" not in shown


def test_a_very_long_text_is_refused_before_it_is_read():
    assert len(wording.faults(PROJECT, "x" * (wording.MOST + 1))) == 1
