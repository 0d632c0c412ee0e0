"""The papers of docs/privacy/ say what the portal is: nothing of it is missing, and no table is stale."""

import re
import tomllib

import pytest
from django.conf import settings

from portal import papers

ROOT = settings.BASE_DIR
PAPERS = {file.stem: file.read_text() for file in papers.FOLDER.glob("*.md")}
# Addresses of the portal's own, not of somebody who gets data.
OWN = {"MIGWORK_SITE_URL"}


def read(path):
    return tomllib.loads((ROOT / path).read_text())


def outside() -> set[str]:
    """The settings that name a service to which data can go."""
    texts = [file.read_text() for file in (ROOT / "migwork" / "settings").glob("*.py")]
    named = {name for text in texts for name in re.findall(r'"([A-Z_]+(?:_URL|_HOST))"', text)}
    if any('f"MIGWORK_{name}_URL"' in text for text in texts):
        named |= {f"MIGWORK_{name.upper()}_URL" for name in settings.EID}
    return named - OWN


def test_the_register_names_every_partner_and_processor():
    register, processors, joint = PAPERS["registro"], PAPERS["responsabili"], PAPERS["contitolarita"]
    edition = read("programme/editions/mig-work-2020.toml")
    names = {each["code"]: each["name"] for each in edition["organisations"]}
    partners = {f"**{names[each['organisation']]}**" for each in edition["partners"]}
    services = {f"`{setting}`" for setting in outside()}
    kept = {f"(`{code}`)" for code in read("foundation/privacy/retention.toml")}
    asked = {f"(`{purpose['code']}`)" for purpose in read("accounts/purposes.toml")["purpose"]}
    rooms = {f"(`{room}`)" for room in settings.ROOMS}

    assert len(partners) == 9
    assert len(services) >= 5
    for paper, things in ((processors, partners | services), (joint, partners), (register, kept | asked | rooms)):
        assert sorted(thing for thing in things if thing not in paper) == []


def test_the_tables_are_fresh():
    drawn = papers.drawings()
    assert {file.stem: text for file, text in drawn.items()} == PAPERS, "run ./dev manage draw_papers"


@pytest.mark.parametrize("table", papers.TABLES)
def test_each_table_stands_in_a_paper_and_has_rows(table):
    blocks = [block for text in PAPERS.values() for block in papers.BLOCK.findall(text) if block[1] == table]
    assert blocks
    assert all(rows.count("\n") >= 5 for _head, _table, rows, _end in blocks)


def test_what_was_cut_out_of_a_table_is_drawn_again(tmp_path, monkeypatch):
    cut = PAPERS["responsabili"].replace("CE.SVI.P Lombardia Cooperativa Sociale", "Somebody else")
    (tmp_path / "responsabili.md").write_text(cut)
    monkeypatch.setattr(papers, "FOLDER", tmp_path)
    assert papers.drawings() == {tmp_path / "responsabili.md": PAPERS["responsabili"]}


def test_each_measure_has_the_test_that_it_names():
    named = {name for text in PAPERS.values() for name in re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", text)}
    assert len(named) > 10
    for name in named:
        file, _colons, function = name.partition("::")
        assert f"def {function}" in (ROOT / file).read_text(), name
