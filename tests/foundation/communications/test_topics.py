"""The topics from which people choose."""

import pytest
from django.utils import translation

from foundation.communications import topics


def test_what_one_must_know_cannot_be_switched_off_and_codes_do_not_wait():
    must = {topic.code for topic in topics.registered() if topic.required}
    assert {"codes", "appointments", "internships", "documents", "privacy"} <= must
    assert not {"plan", "activities", "news"} & must
    assert [topic.code for topic in topics.registered() if not topic.digestible] == ["codes"]


def test_topics_read_in_the_readers_language_and_fit_their_column():
    with translation.override("it"):
        assert str(topics.of("news").label) == "Novità del servizio"
    assert topics.of("never-heard-of") is None
    assert all(len(topic.code) <= 30 for topic in topics.registered())


def test_a_topic_is_registered_once(monkeypatch):
    monkeypatch.setattr(topics, "_topics", {})
    topics.register("choir", "The choir")
    topics.register("choir", "The choir")
    with pytest.raises(ValueError, match="already"):
        topics.register("choir", "The choir", required=True)
    assert topics.registered() == [topics.Topic("choir", "The choir")]
