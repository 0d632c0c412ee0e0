"""A person’s way with the desk: reception, notes, the queue, groups and the street."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, call_rows, classify, counted, erased, with_row


def classify_fields():
    call_rows(
        **{
            "intake.Participation": _("your way with us"),
            "intake.Reception": _("your first talk at the desk"),
            "intake.Note": _("notes about you"),
            "intake.QueueEntry": _("when you were in our queue"),
            "intake.GroupEntry": _("groups with which you came"),
            "intake.StreetContact": _("when you were met before you took part"),
            "intake.StreetMeeting": _("what was said when you were met"),
        }
    )
    classify(
        "intake.Participation",
        person=counted(),
        edition=counted(_("the project you take part in")),
        state=counted(_("how your way stands")),
        channel=counted(_("how you came to us")),
        operator=STAFF,
        opened_at=counted(_("since when")),
        state_since=counted(_("since when it stands there")),
        last_contact_at=counted(_("when we last heard from you")),
        closed_at=counted(_("when your way was closed")),
        ending=counted(_("how it ended")),
        outcome=erased(FieldKind.FREE_TEXT, _("how it ended, in words")),
        merged_into=TECHNICAL,
    )
    classify(
        "intake.Reception",
        participation=counted(),
        organisation=counted(_("where you were received")),
        by=STAFF,
        at=counted(_("when you were received")),
        channel=counted(_("how you came")),
        sent_by=erased(FieldKind.FREE_TEXT, _("who sent you"), retention="first-contact"),
        need=erased(FieldKind.FREE_TEXT, _("what you were looking for"), retention="first-contact"),
        information_given=erased(FieldKind.FREE_TEXT, _("what we told you"), retention="first-contact"),
        next_step=erased(FieldKind.FREE_TEXT, _("the next step we agreed"), retention="first-contact"),
    )
    classify(
        "intake.Note",
        participation=counted(),
        kind=counted(_("how we came to know")),
        text=erased(FieldKind.FREE_TEXT, _("what we noted down")),
        at=counted(_("when we noted it down")),
        by=STAFF,
        corrected_at=TECHNICAL,
    )
    classify(
        "intake.QueueEntry",
        organisation=counted(_("the desk you came to")),
        day=counted(_("the day you came")),
        participation=counted(),
        first_name=erased(FieldKind.IDENTITY, _("the name we called you by"), retention="first-contact"),
        wants=erased(FieldKind.FREE_TEXT, _("what you came for"), retention="first-contact"),
        state=counted(),
        arrived_at=counted(_("when you came")),
        put_in_by=STAFF,
        called_at=counted(_("when we called you")),
        called_by=STAFF,
        received_at=counted(_("when we received you")),
        left_at=counted(_("when you left")),
    )
    classify(
        "intake.Group",
        organisation=PUBLIC,
        name=PUBLIC,
        kind=PUBLIC,
        on=PUBLIC,
        topic=PUBLIC,
        heads=PUBLIC,
        code=TECHNICAL,
        open_until=TECHNICAL,
        # Evidence for who pays the project; the file itself is classified in foundation.files.
        sheet=TECHNICAL,
        created_at=TECHNICAL,
        created_by=STAFF,
    )
    # Of who is registered no more than that they were on the list.
    classify(
        "intake.GroupEntry",
        group=counted(_("the group with which you came")),
        first_name=erased(FieldKind.IDENTITY, retention="first-contact"),
        last_name=erased(FieldKind.IDENTITY, retention="first-contact"),
        birth_date=erased(FieldKind.IDENTITY, retention="first-contact"),
        sort_key=erased(FieldKind.IDENTITY, retention="first-contact"),
        tie=counted(_("what tied you to the territory")),
        phone=erased(FieldKind.CONTACT, retention="first-contact"),
        email=erased(FieldKind.CONTACT, retention="first-contact"),
        state=counted(),
        at=counted(_("when you were put on the list")),
        by=STAFF,
        participation=counted(),
    )
    # Of who takes part no more than that they had been met; what was said is in their notes.
    classify(
        "intake.StreetContact",
        organisation=counted(_("who met you on the street")),
        nickname=erased(FieldKind.IDENTITY, retention="first-contact"),
        place=erased(FieldKind.ORDINARY, retention="first-contact"),
        state=counted(),
        first_at=counted(_("when you were first met")),
        last_at=counted(_("when you were met last before you took part")),
        by=STAFF,
        participation=counted(),
    )
    # Not about anybody who has a file: gone when they take part, or after a year.
    classify(
        "intake.StreetMeeting",
        contact=TECHNICAL,
        place=with_row(FieldKind.ORDINARY, retention="first-contact"),
        text=with_row(FieldKind.FREE_TEXT, retention="first-contact"),
        at=with_row(FieldKind.ORDINARY, retention="first-contact"),
        by=STAFF,
    )
