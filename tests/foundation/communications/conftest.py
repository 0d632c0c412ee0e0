"""Words of messages for these tests, in a room of their own."""

import pytest


@pytest.fixture
def words(tmp_path, settings):
    folder = tmp_path / "tests" / "messages"
    folder.mkdir(parents=True)
    (folder / "hello.subject.txt").write_text("{% load i18n %}{% translate 'Yes' %},\n see you\n")
    (folder / "hello.txt").write_text("Ciao {{ name }}\n\nGrazie\n")
    (folder / "hello.sms.txt").write_text("Ciao {{ name }},\na presto\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
