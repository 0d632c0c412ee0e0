"""The same for several internships: each by itself, so that what cannot be done of one stops none of the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.actions.amendments import change_promoter_tutor
from internships.actions.links import remind_host
from internships.actions.todos import do_todo
from internships.actions.visits import plan_visit
from migwork.errors import NotNow


class Together(TextChoices):
    """What can be done for several at once."""

    TODO = "todo", gettext_lazy("A notice or insurance is done")
    REMIND = "remind", gettext_lazy("Remind the host of the days to confirm")
    VISIT = "visit", gettext_lazy("Plan a visit")
    TUTOR = "tutor", gettext_lazy("Another tutor of ours")


@dataclass(frozen=True)
class Outcome:
    """What came of it for one internship; the sentence says why not."""

    internship: object
    done: bool
    sentence: str = ""


def do_together(*, internships: Iterable, what: str, by, now: datetime, **given) -> list[Outcome]:
    """Do `what` for each of these, by the action that does it for one: with its locks, its rights and its event.

    Not one transaction: what was done stays done. Sent twice it changes nothing more, for each action sees that.
    """
    act, outcomes = _ACTS[what], []
    for internship in internships:
        try:
            act(internship, by=by, now=now, **given)
        except PermissionDenied:
            outcomes.append(Outcome(internship, False, _("Another promoter leads this internship.")))
        except ValidationError as refusal:
            outcomes.append(Outcome(internship, False, " ".join(refusal.messages)))
        else:
            outcomes.append(Outcome(internship, True))
    return outcomes


def _do_todo(internship, *, kind: str, done_on: date, reference: str, by, now) -> None:
    todo = internship.todos.filter(kind=kind, done_at=None).order_by("due_on", "pk").first()
    if todo is None:
        if internship.todos.filter(kind=kind).exists():
            raise NotNow(_("This is done already."), code="done")
        raise NotNow(_("This is not on its list."), code="none")
    do_todo(todo=todo, done_on=done_on, reference=reference, by=by, now=now)


def _remind(internship, *, by, now) -> None:
    remind_host(internship=internship, by=by, now=now)


def _plan_visit(internship, *, on: date, by, now) -> None:
    plan_visit(internship=internship, on=on, by=by, now=now)


def _change_tutor(internship, *, promoter_tutor, reason: str, by, now) -> None:
    change_promoter_tutor(internship=internship, promoter_tutor=promoter_tutor, reason=reason, by=by, now=now)


_ACTS = {
    Together.TODO: _do_todo,
    Together.REMIND: _remind,
    Together.VISIT: _plan_visit,
    Together.TUTOR: _change_tutor,
}
