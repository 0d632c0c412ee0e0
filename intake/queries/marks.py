"""Marks of what a young person's way has at all: read along with the way, they spare a read for all that it has not."""

from django.db.models import Exists, OuterRef

from accounts.queries import asked_of_representatives
from foundation.communications.queries import waiting_for_person
from intake import hooks
from intake.queries.feedback import talks_to_rate
from intake.queries.file import booked
from intake.queries.interviews import summaries_of_way


def with_marks(rows, *, now, asked_since):
    """`rows` of participations, each with the marks of which `may_have` tells on the person's own pages."""
    way, person = OuterRef("pk"), OuterRef("person_id")
    marks = {
        "has_appointments": Exists(booked(way)),
        "has_summaries": Exists(summaries_of_way(way)),
        "has_talk_to_rate": Exists(talks_to_rate(way, asked_since)),
        "has_messages": Exists(waiting_for_person(person)),
        "has_open_consents": Exists(asked_of_representatives(person)),
    }
    for of_a_room in hooks.way_marks.call(participation=way, now=now):
        marks |= of_a_room
    return rows.annotate(**marks)
