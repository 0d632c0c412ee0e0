"""Hours, appointments and the calls around them, and how operators are shown."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, call_rows, classify, counted, erased


def classify_fields():
    call_rows(
        **{
            "intake.Appointment": _("your appointments"),
            "intake.Mediation": _("languages of your talks"),
            "intake.EarlierWish": _("earlier hours that you asked for"),
            "intake.CallRequest": _("calls that you asked for"),
        }
    )
    # Hours offered to everybody; who booked them is in the appointment.
    classify(
        "intake.Availability",
        organisation=PUBLIC,
        operator=STAFF,
        kind=PUBLIC,
        mode=PUBLIC,
        place=PUBLIC,
        rule=PUBLIC,
        opens_at=PUBLIC,
        closes_at=PUBLIC,
        minutes=PUBLIC,
        capacity=PUBLIC,
        first_day=PUBLIC,
        last_day=PUBLIC,
        published_at=TECHNICAL,
        published_by=STAFF,
        ended_at=TECHNICAL,
    )
    classify(
        "intake.AvailabilityException",
        availability=TECHNICAL,
        day=PUBLIC,
        opens_at=PUBLIC,
        closes_at=PUBLIC,
    )
    classify(
        "intake.Slot",
        availability=TECHNICAL,
        organisation=PUBLIC,
        operator=STAFF,
        kind=PUBLIC,
        mode=PUBLIC,
        place=PUBLIC,
        starts_at=PUBLIC,
        ends_at=PUBLIC,
        places=PUBLIC,
        taken=TECHNICAL,
        is_open=TECHNICAL,
        free_since=TECHNICAL,
    )
    classify(
        "intake.Appointment",
        participation=counted(),
        operator=STAFF,
        organisation=counted(_("appointment with")),
        kind=counted(_("kind of appointment")),
        mode=counted(_("in which way")),
        place=erased(FieldKind.ORDINARY, _("place or link of an appointment")),
        starts_at=counted(_("appointment from")),
        ends_at=counted(_("appointment until")),
        state=counted(_("what became of the appointment")),
        booked_at=TECHNICAL,
        moves=TECHNICAL,
        slot=TECHNICAL,
        plan_action=TECHNICAL,
    )
    classify(
        "intake.Mediation",
        appointment=counted(),
        language=erased(FieldKind.ORDINARY, _("in which language you talked"), to="it"),
        wished=counted(_("whether you asked for a mediator")),
        state=counted(_("how we saw to the language")),
        mediator=erased(FieldKind.ORDINARY, _("who translated")),
        arranged_at=counted(_("when a mediator was found")),
        arranged_by=STAFF,
    )
    classify("intake.TalkLanguage", code=PUBLIC, name=PUBLIC, own_name=PUBLIC, position=TECHNICAL, is_offered=TECHNICAL)
    classify(
        "intake.EarlierWish",
        appointment=counted(),
        asked_at=counted(_("when you asked for an earlier hour")),
        told_slot=TECHNICAL,
        told_at=counted(_("when we told you of one")),
        ended_at=TECHNICAL,
    )
    classify(
        "intake.CallRequest",
        participation=counted(),
        kind=counted(_("what the call was for")),
        phone=erased(FieldKind.CONTACT, _("where to call you"), retention="first-contact"),
        time=counted(_("when to call you")),
        asked_at=counted(_("when you asked to be called")),
        tries=TECHNICAL,
        tried_at=counted(_("when we tried to call you")),
        done_at=counted(_("when we called you")),
        done_by=STAFF,
    )
    classify(
        "intake.OperatorCalendar",
        user=STAFF,
        feed_digest=TECHNICAL,
        feed_made_at=TECHNICAL,
        news=STAFF,
        changed_at=TECHNICAL,
    )
    # Forgotten after two weeks: what it tells of is in the appointment.
    classify(
        "intake.AgendaChange",
        operator=STAFF,
        appointment=TECHNICAL,
        kind=TECHNICAL,
        at=TECHNICAL,
        starts_at=TECHNICAL,
        was_at=TECHNICAL,
        mailed_at=TECHNICAL,
    )
    classify(
        "intake.DeskCard",
        user=STAFF,
        called=STAFF,
        photo=STAFF,
        answers_within=STAFF,
        languages=STAFF,
        changed_at=TECHNICAL,
    )
