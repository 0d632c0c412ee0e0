"""Call me: when no hour is right, nobody stands before a closed door."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from intake.actions.notes import write_note
from intake.actions.participation import locked
from intake.enums import CallTime, NoteKind
from intake.models import CallRequest
from intake.permissions import check_can_book, check_can_write_note
from migwork.db import sentence_of
from migwork.errors import NotNow


@transaction.atomic
def ask_for_call(*, participation, phone, time, kind="", by, now) -> CallRequest:
    """Ask to be called at `phone`. By the young person, also once their way is closed; NotNow when they have asked."""
    participation = locked(participation)
    check_can_book(by, participation)
    try:
        with transaction.atomic():
            request = CallRequest.objects.create(
                participation=participation, kind=kind, phone=phone, time=CallTime(time), asked_at=now
            )
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="twice") from error
    record(verb="intake.call_asked", by=by, now=now, on=request, about=participation.person, fields=["phone", "time"])
    return request


@transaction.atomic
def withdraw_call(*, request, by, now) -> CallRequest:
    """Not to be called any more. By the young person."""
    participation, request = _locked(request)
    check_can_book(by, participation)
    if request.done_at is None:
        _end(request, by, now)
        record(verb="intake.call_withdrawn", by=by, now=now, on=request, about=participation.person)
    return request


@transaction.atomic
def answer_call(*, request, text, reached, by, now) -> CallRequest:
    """Note what came of a call. By an operator; who was not reached stays on the list.

    NotNow when a colleague has called meanwhile: nobody is rung up twice for one thing.
    """
    participation, request = _locked(request)
    check_can_write_note(by)
    if request.done_at is not None:
        raise NotNow(_("This is done: a colleague has called, or they have found an hour."), code="done")
    write_note(participation=participation, kind=NoteKind.CALL, text=text, reached=reached, by=by, now=now)
    if reached:
        _end(request, by, now)
    else:
        request.tries, request.tried_at = request.tries + 1, now
        request.save(update_fields=["tries", "tried_at"])
    verb = "intake.call_answered" if reached else "intake.call_tried"
    record(verb=verb, by=by, now=now, on=request, about=participation.person)
    return request


def end_calls(participation, now) -> None:
    """An hour was found: nobody has to call any more."""
    for request in CallRequest.objects.select_for_update().filter(participation=participation, done_at=None):
        _end(request, None, now)


def _end(request, by, now):
    request.done_at, request.done_by = now, by
    request.save(update_fields=["done_at", "done_by"])


def _locked(request):
    participation = locked(request.participation)
    return participation, CallRequest.objects.select_for_update().get(pk=request.pk)
