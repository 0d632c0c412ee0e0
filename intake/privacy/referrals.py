"""Into whose hands a person comes: referrals, handover between operators, restricted records."""

from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import Basis, FieldKind
from foundation.privacy.registry import STAFF, TECHNICAL, call_rows, classify, counted, erased


def classify_fields():
    call_rows(
        **{
            "intake.Referral": _("partners to whom we sent you"),
            "intake.OutsideReferral": _("services outside to which we sent you"),
            "intake.Handover": _("when somebody else began to follow you"),
            "intake.SafeguardingRecord": _("what somebody disclosed, apart from the file"),
            "intake.SafeguardingReader": _("who may read a restricted record"),
            "intake.SafeguardingEntry": _("what was done about it"),
            "intake.SafeguardingReading": _("who read a restricted record"),
        }
    )
    classify(
        "intake.Referral",
        participation=counted(),
        organisation=counted(_("partner you were referred to")),
        plan_action=counted(),
        purpose=counted(_("what for")),
        note=erased(FieldKind.FREE_TEXT, _("what the partner was told")),
        state=counted(_("what the partner answered")),
        sent_at=counted(_("when you were referred")),
        sent_by=STAFF,
        answer_by=counted(_("until when the partner answers")),
        answered_at=counted(_("when the partner answered")),
        answered_by=STAFF,
        answer=erased(FieldKind.FREE_TEXT, _("the partner's answer")),
        reminded_at=TECHNICAL,
        feedback=erased(FieldKind.FREE_TEXT, _("how it went, as the partner says")),
        feedback_at=counted(_("when the partner said how it went")),
    )
    classify(
        "intake.OutsideReferral",
        participation=counted(),
        service=counted(_("service to which you were sent")),
        contact=erased(FieldKind.STAFF, to=""),
        email=erased(FieldKind.STAFF, to=""),
        phone=erased(FieldKind.STAFF, to=""),
        note=erased(FieldKind.FREE_TEXT, _("what the service was told")),
        state=counted(_("what the service answered")),
        sent_at=counted(_("when you were sent")),
        sent_by=STAFF,
        answer_by=counted(_("until when the service answers")),
        reminded_at=TECHNICAL,
        answered_at=counted(_("when the service answered")),
        typed_by=STAFF,
        answer=erased(FieldKind.FREE_TEXT, _("the service’s answer")),
        feedback=erased(FieldKind.FREE_TEXT, _("how it went, as the service says")),
        feedback_at=counted(_("when the service said how it went")),
    )
    classify(
        "intake.Handover",
        participation=counted(),
        gave=STAFF,
        took=STAFF,
        note=erased(FieldKind.FREE_TEXT, _("what one operator wrote to the next")),
        at=counted(_("since when somebody else follows you")),
        by=STAFF,
    )
    # Of colleagues, not of young people.
    classify(
        "intake.Cover",
        away=STAFF,
        stands_in=STAFF,
        first_day=STAFF,
        last_day=STAFF,
        arranged_at=TECHNICAL,
        arranged_by=STAFF,
        ended_at=TECHNICAL,
    )
    classify("intake.CaseloadView", user=STAFF, name=STAFF, query=STAFF, saved_at=TECHNICAL)
    # Nothing here is called `about` or points to the person: no copy and no merge comes upon it.
    classify(
        "intake.SafeguardingRecord",
        concerns=TECHNICAL,
        text=erased(FieldKind.SPECIAL, basis=Basis.SUBSTANTIAL),
        owner=STAFF,
        deadline=counted(),
        state=counted(),
        opened_at=counted(),
        opened_by=STAFF,
        closed_at=counted(),
        closed_by=STAFF,
        outcome=erased(FieldKind.SPECIAL, basis=Basis.SUBSTANTIAL),
    )
    classify(
        "intake.SafeguardingReader",
        record=TECHNICAL,
        user=STAFF,
        named_at=TECHNICAL,
        named_by=STAFF,
        removed_at=TECHNICAL,
    )
    classify(
        "intake.SafeguardingEntry",
        record=TECHNICAL,
        text=erased(FieldKind.SPECIAL, basis=Basis.SUBSTANTIAL),
        at=counted(),
        by=STAFF,
    )
    classify(
        "intake.SafeguardingReading",
        record=TECHNICAL,
        by=STAFF,
        at=TECHNICAL,
        reason=erased(FieldKind.SPECIAL, basis=Basis.SUBSTANTIAL),
    )
