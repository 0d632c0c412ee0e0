"""What this room's own fields are, for the register."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.actions import erase
from foundation.privacy.enums import Basis, Erase, FieldKind
from foundation.privacy.models import Access, EventDetail, NoticeShown
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, Field, call_rows, classify, counted, with_row


def holdings(abouts) -> list:
    """The rows about these people that this room holds."""
    return [
        Access.objects.filter(about__in=abouts),
        EventDetail.objects.filter(event__about__in=abouts),
        NoticeShown.objects.filter(about__in=abouts),
    ]


def anonymise(about, by, now):
    return erase(*holdings([about]))


def classify_fields():
    call_rows(
        **{
            "privacy.Event": _("what was done"),
            "privacy.EventDetail": _("details of what was done"),
            "privacy.Warned": _("warnings before your name is taken out"),
            "privacy.NoticeShown": _("privacy notices that you saw"),
        }
    )
    # Events outlive the person: what they hold are ids, which lead nowhere once the names are gone.
    classify(
        "privacy.Event",
        at=counted(_("when something was done")),
        by=STAFF,
        verb=counted(_("what was done")),
        about=counted(),
        on_type=TECHNICAL,
        on_id=TECHNICAL,
        fields=TECHNICAL,
        detail_digest=TECHNICAL,
        written_at=TECHNICAL,
    )
    classify(
        "privacy.EventDetail",
        event=TECHNICAL,
        salt=TECHNICAL,
        values=with_row(FieldKind.ORDINARY, _("what was changed, and into what")),
    )
    classify(
        "privacy.Access",
        at=with_row(FieldKind.ORDINARY, _("when your file was opened"), retention="openings"),
        by=Field(FieldKind.STAFF, Basis.TASK, "openings", Erase.DELETE_ROW),
        about=with_row(FieldKind.ORDINARY, retention="openings"),
        what=with_row(FieldKind.ORDINARY, _("what was opened"), retention="openings"),
        why=with_row(FieldKind.ORDINARY, _("why it was opened"), retention="openings"),
        reason=with_row(FieldKind.FREE_TEXT, _("the reason that was written"), retention="openings"),
        as_role=with_row(FieldKind.STAFF, _("in which role"), retention="openings"),
        organisation=with_row(FieldKind.STAFF, _("of which organisation"), retention="openings"),
        special=with_row(FieldKind.TECHNICAL, retention="openings"),
    )
    classify("privacy.Seal", at=TECHNICAL, previous=TECHNICAL, hash=TECHNICAL, count=TECHNICAL)
    classify("privacy.ChainFault", text=TECHNICAL, found_at=TECHNICAL, settled_at=TECHNICAL, settled_by=STAFF)
    classify("privacy.SealedEvent", event_id=TECHNICAL, seal=TECHNICAL)
    classify(
        "privacy.RetentionRule",
        code=PUBLIC,
        name=PUBLIC,
        months=PUBLIC,
        starts=PUBLIC,
        warning_days=PUBLIC,
        legal_basis=PUBLIC,
        valid_from=PUBLIC,
        valid_to=PUBLIC,
    )
    classify("privacy.RetentionRun", rule=TECHNICAL, at=TECHNICAL, dry_run=TECHNICAL, counts=TECHNICAL)
    classify(
        "privacy.Warned",
        about=counted(),
        rule=TECHNICAL,
        due_on=counted(_("when your data end, as you were told")),
        at=counted(_("when you were told so")),
    )
    classify(
        "privacy.NoticeShown",
        about=counted(),
        version=counted(_("which privacy notice you were shown")),
        audience=counted(_("for whom it is written")),
        language=counted(_("in which language")),
        at=counted(_("when you were shown it")),
    )
