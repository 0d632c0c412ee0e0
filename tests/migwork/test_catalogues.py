"""Catalogues follow the sources and lose no translation."""

import gettext

import pytest
from babel.messages import Catalog
from django.core.management import CommandError, call_command

from migwork import catalogues

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("A course")
_("Dear %(name)s") % {}
ngettext("%(count)s place", "%(count)s places", 2)
pgettext("month", "May")
"""
TEMPLATE = """
{% load i18n %}
<p title="{% translate "Search" %}">{{ title|default:_("Nothing yet") }}</p>
    {% blocktranslate trimmed count counter=days %}
      {{ counter }} day
    {% plural %}
      {{ counter }} days
    {% endblocktranslate %}
  {% translate "It's open" as opened %} {% url 'x' %} ((
"""


@pytest.fixture
def room(tmp_path, settings, monkeypatch):
    """A project of one room, `desk`, with a Python file and a template."""
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "views.py").write_text(PYTHON)
    templates = tmp_path / "templates" / "desk"
    templates.mkdir(parents=True)
    (templates / "page.html").write_text(TEMPLATE)
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(catalogues, "rooms", lambda: {"desk": desk})
    return desk


def translate(room):
    """Fill the catalogue; its file."""
    file = catalogues.path(room, "it")
    stored = catalogues.read(room, "it")
    for message in stored:
        if message.id and isinstance(message.id, str):
            message.string = f"IT {message.id}"
        elif message.id:
            message.string = tuple(f"IT {text}" for text in message.id)
    catalogues.write(stored, room)
    return file


def ids(room):
    return {m.id for m in catalogues.read(room, "it") if m.id}


def test_texts_of_python_and_templates_are_found(room):
    catalogues.update()
    assert ids(room) == {
        "A course",
        "Dear %(name)s",
        ("%(count)s place", "%(count)s places"),
        "May",
        "Search",
        "Nothing yet",
        ("%(counter)s day", "%(counter)s days"),
        "It's open",
    }
    assert catalogues.read(room, "it").get("May", "month")


def test_twice_is_the_same_as_once(room):
    catalogues.update()
    first = translate(room).read_text()
    assert catalogues.update() == []
    assert catalogues.path(room, "it").read_text() == first
    assert "POT-Creation-Date" not in first
    assert "#:" not in first


def test_what_is_gone_leaves_and_what_is_new_is_named(room):
    catalogues.update()
    translate(room)
    (room / "views.py").write_text('_("A new course")')
    assert catalogues.update() == ["desk (it): A new course"]
    assert "A course" not in ids(room)
    assert "Search" in ids(room)


def test_one_room_alone(room, monkeypatch, tmp_path):
    monkeypatch.setattr(catalogues, "rooms", lambda: {"desk": room, "other": tmp_path / "other"})
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "views.py").write_text('_("A course")')
    call_command("messages", "desk")
    assert catalogues.path(room, "it").exists()
    assert not catalogues.path(tmp_path / "other", "it").exists()
    with pytest.raises(CommandError, match="No such room: kitchen"):
        call_command("messages", "kitchen")


def test_check_passes_when_all_is_translated(room):
    catalogues.update()
    translate(room)
    call_command("messages", "--check")


def test_check_names_what_is_missing_stale_or_wrong(room):
    catalogues.update()
    translate(room)
    file = catalogues.path(room, "it")
    (room / "views.py").write_text(PYTHON + '_("A new course")\n_("Dear %(name)s")')
    (room.parent / "templates" / "desk" / "page.html").unlink()
    file.write_text(file.read_text().replace("IT Dear %(name)s", "Caro %(nome)s"))
    with pytest.raises(CommandError) as refused:
        call_command("messages", "--check")
    lines = str(refused.value).splitlines()
    assert "desk (it): not translated: A new course" in lines
    assert "desk (it): no longer used: Search" in lines
    assert any("Dear %(name)s" in line for line in lines)


def test_check_names_two_rooms_that_contradict_each_other(room, monkeypatch, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "views.py").write_text('_("A course")')
    monkeypatch.setattr(catalogues, "rooms", lambda: {"desk": room, "other": other})
    catalogues.update()
    translate(room)
    stored = Catalog(locale="it")
    stored.add("A course", "Un percorso")
    catalogues.write(stored, other)
    with pytest.raises(CommandError, match=r"desk, other .*: translated in different ways: A course"):
        call_command("messages", "--check")


def test_compiled_messages_are_read_by_gettext(room):
    catalogues.update()
    translate(room)
    call_command("messages", "--compile")
    with catalogues.path(room, "it").with_suffix(".mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    assert compiled.gettext("A course") == "IT A course"
    assert compiled.ngettext("%(count)s place", "%(count)s places", 2) == "IT %(count)s places"
