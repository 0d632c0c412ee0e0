"""What this room's fields are, for the register."""

from django.utils.translation import gettext_lazy as _

from foundation.documents.actions import cancel
from foundation.documents.enums import SignatureState
from foundation.documents.models import Document, SignatureRequest, Signer
from foundation.privacy.actions import erase
from foundation.privacy.enums import Basis, Erase, FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, Field, call_rows, classify, counted, erased


def holdings(abouts) -> list:
    """The rows about these people that this room holds."""
    return [
        Document.objects.filter(about__in=abouts),
        SignatureRequest.objects.filter(about__in=abouts),
        Signer.objects.filter(request__about__in=abouts),
    ]


def anonymise(about, by, now):
    """Whoever was still to sign need not any more."""
    for request in SignatureRequest.objects.filter(about=about, state=SignatureState.OPEN):
        cancel(request=request, by=by, now=now)
    return erase(*holdings([about]))


def classify_fields():
    call_rows(
        **{
            "documents.Document": _("documents about you"),
            "documents.SignatureRequest": _("signatures that were asked"),
        }
    )
    classify("documents.DocumentNumber", year=TECHNICAL, last=TECHNICAL)
    # Number, day and hash stay: somebody may hold the paper and ask whether it is true.
    classify(
        "documents.Document",
        kind=counted(_("kind of document")),
        year=counted(_("year of its number")),
        number=counted(_("its number")),
        title=erased(FieldKind.ORDINARY, _("title of a document")),
        language=TECHNICAL,
        about=counted(),
        file=erased(FieldKind.ORDINARY, _("a document about you")),
        sha256=TECHNICAL,
        made_at=counted(_("when it was made")),
        withdrawn_at=counted(_("since when it holds no more")),
        made_by=STAFF,
    )
    classify(
        "documents.PaperKind",
        code=PUBLIC,
        title=PUBLIC,
        least_assurance=PUBLIC,
        valid_days=PUBLIC,
        minors_only=PUBLIC,
        binds=PUBLIC,
    )
    classify(
        "documents.SignatureRequest",
        kind=TECHNICAL,
        document=TECHNICAL,
        about=counted(),
        on_type=TECHNICAL,
        on_id=TECHNICAL,
        asked_at=counted(_("when a signature was asked")),
        asked_by=STAFF,
        ends_at=counted(_("until when one could sign")),
        state=counted(_("what became of it")),
        closed_at=counted(_("when it was settled")),
        all_must=TECHNICAL,
        least_assurance=TECHNICAL,
    )
    classify(
        "documents.Signer",
        request=TECHNICAL,
        party=TECHNICAL,
        user=TECHNICAL,
        role=counted(_("in which part somebody signs")),
        name=erased(FieldKind.IDENTITY, _("who signs")),
        language=TECHNICAL,
        email=erased(FieldKind.CONTACT, _("e-mail of who signs")),
        phone=erased(FieldKind.CONTACT, _("phone of who signs")),
        contact_from=TECHNICAL,
        identity_checked=TECHNICAL,
        fiscal_code_digest=erased(FieldKind.TECHNICAL),
        state=counted(_("signed or refused")),
        assurance=counted(_("how sure it is who signed")),
        acted_at=counted(_("when they answered")),
        # A refusal must have a reason: what is left says only that there was one.
        reason=erased(FieldKind.FREE_TEXT, _("why they refused"), to=lambda row: "…" if row.reason else ""),
        evidence=erased(FieldKind.TECHNICAL, to=lambda row: {}),
        scan=Field(FieldKind.TECHNICAL, Basis.TASK, "file", Erase.DETACH),
        wording_sha256=TECHNICAL,
    )
    classify(
        "documents.SigningLink",
        signer=TECHNICAL,
        token_digest=TECHNICAL,
        channel=TECHNICAL,
        made_at=TECHNICAL,
        made_by=STAFF,
        ends_at=TECHNICAL,
        replaced_at=TECHNICAL,
        used_at=TECHNICAL,
        code_digest=TECHNICAL,
        code_sent_at=TECHNICAL,
        code_attempts=TECHNICAL,
    )
