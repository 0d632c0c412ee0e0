"""All that somebody achieved, on paper: numbered and hashed like every document."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.documents.actions import make_document
from foundation.documents.models import Document
from foundation.privacy.models import Event
from intake.actions.skills import locked_person
from intake.permissions import check_can_write_cv
from intake.queries import achievements_of
from migwork.errors import NotNow

KIND = "achievements"


@transaction.atomic
def print_achievements(*, person, by, now) -> Document:
    """The PDF of all that was achieved until now. By the young person, or an operator for them.

    While nothing has happened it is the same document, under the same number. Raises pdf.Unavailable.
    """
    person = locked_person(person)
    check_can_write_cv(by, person)
    with translation.override(person.language):
        title, achieved = _("What I have achieved"), achievements_of(person)
    if not achieved.anything:
        raise NotNow(_("There is nothing to print yet: it fills up step by step."), code="nothing")
    return _made_since(person) or make_document(
        kind=KIND,
        title=title,
        language=person.language,
        template="intake/documents/achievements.html",
        context={"person": person, "achieved": achieved},
        by=by,
        now=now,
        about=person,
    )


def _made_since(person) -> Document | None:
    """The last such document, if it was the last thing that happened in this person's way."""
    made = Document.objects.filter(about=person.pk, kind=KIND, language=person.language).exclude(file="")
    latest = made.order_by("-made_at").first()
    if latest is None:
        return None
    # Numbers of events tell what came after: who changes something about the person holds the same rows.
    events = Event.objects.about([person.pk])
    making = events.filter(on_type=latest._meta.label_lower, on_id=str(latest.pk)).order_by("pk").first()
    if making is None or events.filter(pk__gt=making.pk).exists():
        return None
    return latest
