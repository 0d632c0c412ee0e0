"""Who is met on the street: noted by a nickname, met again, received one day, or forgotten."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from intake.actions.participation import locked, note_contact
from intake.enums import ContactState, NoteKind
from intake.models import Note, StreetContact, StreetMeeting
from intake.permissions import check_can_meet
from intake.workflow import CONTACT
from migwork.errors import NotNow

# Whoever was not met for so long is forgotten: a nickname and what somebody told may not wait for ever.
FORGOTTEN_AFTER = timedelta(days=365)


@transaction.atomic
def note_contacted(*, organisation, nickname, place="", text="", by, now) -> StreetContact:
    """Note somebody who was met. By an operator who works there."""
    check_can_meet(by, organisation.pk)
    if not nickname.strip():
        raise NotNow(_("Write what you call them: a nickname is enough."), code="nickname")
    contact = StreetContact.objects.create(
        organisation=organisation,
        nickname=nickname.strip(),
        place=place.strip(),
        first_at=now,
        last_at=now,
        by=by,
    )
    StreetMeeting.objects.create(contact=contact, place=place.strip(), text=text.strip(), at=now, by=by)
    record(verb="intake.contacted", by=by, now=now, on=contact)
    return contact


@transaction.atomic
def meet_again(*, contact, place="", text="", by, now) -> StreetMeeting:
    """The same person was met once more. By an operator who works there."""
    contact = _locked(contact, by)
    if contact.state != ContactState.CONTACTED:
        raise NotNow(_("This person takes part by now, or was forgotten."), code="state")
    meeting = StreetMeeting.objects.create(contact=contact, place=place.strip(), text=text.strip(), at=now, by=by)
    contact.last_at = now
    contact.place = place.strip() or contact.place
    contact.save(update_fields=["last_at", "place"])
    record(verb="intake.contacted", by=by, now=now, on=contact)
    return meeting


@transaction.atomic
def contact_takes_part(*, contact, participation, by, now) -> StreetContact:
    """They are received, or known already. What was said goes into their file as notes; the nickname is not kept.

    By an operator who works there.
    """
    participation = locked(participation)
    contact = _locked(contact, by)
    contact.state = CONTACT.target(contact.state, "takes_part")
    contact.participation, contact.nickname, contact.place = participation, "", ""
    contact.save()
    for meeting in contact.meetings.order_by("at"):
        said = "\n".join(part for part in (meeting.place, meeting.text) if part)
        if said:
            Note.objects.create(
                participation=participation, kind=NoteKind.STREET, text=said, at=meeting.at, by=meeting.by
            )
    contact.meetings.all().delete()
    note_contact(participation, contact.last_at)
    record(verb="intake.contact_takes_part", by=by, now=now, on=contact, about=participation.person_id)
    return contact


@transaction.atomic
def forget_contact(*, contact, by, now) -> StreetContact:
    """They asked to be forgotten, or will not come. By an operator who works there."""
    contact = _locked(contact, by)
    _forget(contact)
    record(verb="intake.contact_forgotten", by=by, now=now, on=contact)
    return contact


@transaction.atomic
def forget_old_contacts(*, now) -> int:
    """Whoever was not met for a year. By the portal itself, every night; how many."""
    old = StreetContact.objects.contacted().filter(last_at__lt=now - FORGOTTEN_AFTER)
    contacts = list(old.select_for_update(of=("self",)).order_by("pk"))
    for contact in contacts:
        _forget(contact)
        record(verb="intake.contact_forgotten", by=None, now=now, on=contact)
    return len(contacts)


def _forget(contact):
    contact.state = CONTACT.target(contact.state, "forget")
    contact.nickname = contact.place = ""
    contact.save(update_fields=["state", "nickname", "place"])
    contact.meetings.all().delete()


def _locked(contact, by):
    contact = StreetContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    check_can_meet(by, contact.organisation_id)
    return contact
