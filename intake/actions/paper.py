"""The plan on paper: one page in plain words, numbered and hashed like every document."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.documents.actions import make_document
from foundation.documents.models import Document
from foundation.privacy.models import Event
from intake.actions.participation import locked
from intake.enums import PlanState
from intake.models import Plan
from intake.permissions import check_can_write_project
from intake.queries import plan_view
from migwork.errors import NotNow

KIND = "plan"


@transaction.atomic
def print_plan(*, plan, by, now) -> Document:
    """The PDF of the plan as it stands. By the young person, or an operator for them.

    While nothing has changed it is the same document, under the same number. Raises pdf.Unavailable.
    """
    participation = locked(plan.participation, also_merged=True)
    plan = Plan.objects.select_related("participation__person").get(pk=plan.pk)
    check_can_write_project(by, plan)
    if plan.state == PlanState.DRAFT and plan.version == 1:
        raise NotNow(_("The plan has not been proposed yet."), code="no_plan")
    person = participation.person
    if (made := _made_since_the_last_change(person)) is not None:
        return made
    with translation.override(person.language):
        title = _("My plan")
    return make_document(
        kind=KIND,
        title=title,
        language=person.language,
        template="intake/documents/plan.html",
        context={"plan": plan, "person": person, "outline": plan_view(plan, now=now)},
        by=by,
        now=now,
        about=person,
    )


def _made_since_the_last_change(person):
    """The last such document, if nothing has happened at the desk or in the plan since."""
    made = (
        Document.objects.filter(about=person.pk, kind=KIND, language=person.language)
        .exclude(file="")
        .order_by("-made_at")
        .first()
    )
    if made is None:
        return None
    # Numbers of events tell what came after: who changes the plan holds the same row, whatever the clock said.
    of_person = Event.objects.about([person.pk])
    making = of_person.filter(on_type=made._meta.label_lower, on_id=str(made.pk)).order_by("pk").first()
    if making is None or of_person.filter(pk__gt=making.pk, verb__startswith="intake.").exists():
        return None
    return made
