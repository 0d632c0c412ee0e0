"""What people ask about their own data: taken in with its term, answered by the privacy officer."""

from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.anonymise import anonymise_person
from accounts.actions.holding import hold
from accounts.enums import RequestKind, RequestState, Role
from accounts.models import PrivacyRequest, User, YoungPerson
from accounts.permissions import can_decide_on_own_data, can_handle_requests, check
from accounts.queries import reach
from accounts.workflow import REQUEST
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from foundation.privacy.actions import record
from migwork.db import sentence_of
from migwork.errors import NotNow
from migwork.links import absolute_url

# The month of the law, and the two by which it can be made longer, once (article 12(3)).
TERM = relativedelta(months=1)
LONGEST = relativedelta(months=3)
# What arrived earlier than that was most likely mistyped.
OLDEST_LETTER = relativedelta(years=1)
# Days before the end of the term on which the privacy officer is reminded.
REMIND = (7, 2)
# What cannot be asked without saying what is meant.
NEED_WORDS = {RequestKind.CORRECTION, RequestKind.OBJECTION}
ANSWERS = {"grant": RequestState.GRANTED, "grant_in_part": RequestState.PARTLY, "refuse": RequestState.REFUSED}


def check_not_limited(person: YoungPerson) -> None:
    """NotNow while the use of this person's data is limited: they are kept, and nobody works on them."""
    if person.limited_at is not None:
        raise NotNow(
            _(
                "This person asked us not to use their data for now: they are kept as they are. "
                "The privacy officer can lift it when the person agrees."
            ),
            code="limited",
        )


def _held(request: PrivacyRequest) -> PrivacyRequest:
    """The request with all records of its person, these locked first: a merge, too, takes people before requests."""
    hold(PrivacyRequest.objects.values_list("person", flat=True).get(pk=request.pk))
    return _locked(request)


def _locked(request: PrivacyRequest) -> PrivacyRequest:
    return PrivacyRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)


@transaction.atomic
def ask(*, person, kind: str, text: str = "", arrived_on: date | None = None, by, now: datetime) -> PrivacyRequest:
    """Take in a request: by the person, or by the privacy officer for somebody who asked by letter or at the desk.

    The term runs from now; of a letter that the officer enters, from the day on which it arrived. Says to the
    person that we have it, and to the officers that there is one.
    """
    check(can_handle_requests(by) or (arrived_on is None and can_decide_on_own_data(by, person)))
    kind = RequestKind(kind)
    if kind in NEED_WORDS and not text.strip():
        raise ValidationError({"text": _("Say in a few words what it is about.")}, code="required")
    asked_at = _arrived(arrived_on, now)
    try:
        with transaction.atomic():
            request = PrivacyRequest.objects.create(
                person=person,
                kind=kind,
                text=text.strip(),
                asked_at=asked_at,
                asked_by=by,
                due_on=timezone.localdate(asked_at) + TERM,
            )
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="twice") from error
    record(verb="accounts.request_made", by=by, now=now, on=request, about=person)
    _tell_person(request, "request_received", now)
    _tell_officers(request, "request_new", f"request:{request.pk}:new", now)
    return request


def _arrived(on: date | None, now: datetime) -> datetime:
    """The moment from which the term runs. Of another day than today only the day is known: its noon."""
    today = timezone.localdate(now)
    if on is None or on == today:
        return now
    if on > today:
        raise ValidationError({"arrived_on": _("This day is still to come.")}, code="future")
    if on < today - OLDEST_LETTER:
        raise ValidationError({"arrived_on": _("That is more than a year ago. Is the year right?")}, code="old")
    return timezone.make_aware(datetime.combine(on, time(12)))


@transaction.atomic
def take_back(*, request, by, now: datetime) -> PrivacyRequest:
    """Take back a request that is not answered yet. By the person."""
    request = _locked(request)
    check(can_decide_on_own_data(by, request.person))
    request.state = REQUEST.target(request.state, "withdraw")
    request.save(update_fields=["state"])
    record(verb="accounts.request_withdrawn", by=by, now=now, on=request, about=request.person)
    return request


@transaction.atomic
def extend(*, request, until, reason: str, by, now: datetime) -> PrivacyRequest:
    """Take more time, once, up to three months in all, and tell the person why. By the privacy officer."""
    check(can_handle_requests(by))
    request = _locked(request)
    REQUEST.target(request.state, "extend")
    if request.extended_to is not None:
        raise NotNow(_("The term was made longer once already."), code="twice")
    latest = timezone.localdate(request.asked_at) + LONGEST
    if not request.due_on < until <= latest:
        raise ValidationError(
            {
                "until": _("Choose a day after %(due)s and not after %(latest)s.")
                % {"due": f"{request.due_on:%d/%m/%Y}", "latest": f"{latest:%d/%m/%Y}"}
            },
            code="term",
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it takes longer: the person reads it.")}, code="required")
    request.extended_to, request.extension_reason = until, reason.strip()
    request.save(update_fields=["extended_to", "extension_reason"])
    record(verb="accounts.request_extended", by=by, now=now, on=request, about=request.person)
    _tell_person(request, "request_extended", now)
    return request


@transaction.atomic
def answer(*, request, verb: str, answer: str, by, now: datetime) -> PrivacyRequest:
    """Answer a request (`grant`, `grant_in_part`, `refuse`), always with words. By the privacy officer.

    What is granted holds at once: a limitation, and an erasure, of which the person reads in the
    message itself since they can sign in no more. NotNow while something has to be settled before.
    """
    check(can_handle_requests(by))
    request = _held(request)
    state = REQUEST.target(request.state, verb)
    if not answer.strip():
        raise ValidationError({"answer": _("Write the answer: the person reads it.")}, code="required")
    request.state, request.answer = state, answer.strip()
    request.answered_at, request.answered_by = now, by
    request.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    record(verb="accounts.request_answered", by=by, now=now, on=request, about=request.person, fields=["state"])
    way = reach(request.person)
    if state != RequestState.REFUSED and request.kind == RequestKind.ERASURE:
        # First the words: afterwards neither they nor the address are kept.
        context = {"answer": request.answer}
        anonymise_person(person=request.person, by=by, now=now)
        _say(request, "request_erased", now, way, context, about=None)
        return request
    if state != RequestState.REFUSED and request.kind == RequestKind.LIMITATION:
        _limit(request.person, by, now)
    _tell_person(request, "request_answered", now)
    return request


def _limit(person, by, now) -> None:
    person = YoungPerson.objects.select_for_update().get(pk=person.pk)
    if person.limited_at is None:
        person.limited_at = now
        person.save(update_fields=["limited_at"])
        record(verb="accounts.limited", by=by, now=now, on=person, about=person)


@transaction.atomic
def lift_limitation(*, person, by, now: datetime) -> None:
    """Use a person's data again. By the person themselves, or by the privacy officer who has told them before."""
    check(can_decide_on_own_data(by, person) or can_handle_requests(by))
    person = YoungPerson.objects.select_for_update().get(pk=person.pk)
    if person.limited_at is not None:
        person.limited_at = None
        person.save(update_fields=["limited_at"])
        record(verb="accounts.limitation_lifted", by=by, now=now, on=person, about=person)


def remind_of_requests(*, now: datetime) -> int:
    """Remind the privacy officers of what must be answered in seven days, and in two. Each once; how many."""
    today = timezone.localdate(now)
    told = 0
    for request in PrivacyRequest.objects.filter(
        state=RequestState.OPEN, due_on__lte=today + timedelta(days=max(REMIND))
    ).order_by("due_on", "pk"):
        left = (request.answer_by - today).days
        mark = min((days for days in REMIND if left <= days), default=None)
        if mark is not None:
            told += _tell_officers(request, "request_due", f"request:{request.pk}:due:{request.answer_by}:{mark}", now)
    return told


def _tell_person(request, name, now) -> None:
    link = absolute_url("accounts:request-list")
    _say(request, name, now, reach(request.person), {"request": request, "link": link}, about=request.person_id)


def _say(request, name, now, way, context, *, about) -> None:
    if way:
        queue(
            key=f"request:{request.pk}:{name}",
            channel=way[0],
            to=way[1],
            language=request.person.language,
            template=f"accounts/messages/{name}",
            context=context,
            now=now,
            about=about,
            topic="privacy",
        )


def _tell_officers(request, name, key, now) -> int:
    link = absolute_url("accounts:privacy-request-list")
    return write_to_officers(name, key, {"request": request, "link": link}, cause=f"request:{request.pk}", now=now)


def write_to_officers(name, key, context, *, cause, now) -> int:
    """A mail to each privacy officer, once for each key; how many."""
    officers = User.objects.filter(
        is_active=True,
        email__isnull=False,
        memberships__is_active=True,
        memberships__role=Role.PRIVACY_OFFICER,
    ).distinct()
    written = [
        queue(
            key=f"{key}:{officer.pk}",
            channel=Channel.EMAIL,
            to=officer.email,
            language=officer.language,
            template=f"accounts/messages/{name}",
            context=context,
            now=now,
            cause=cause,
        )
        for officer in officers.order_by("pk")
    ]
    return sum(message is not None for message in written)
