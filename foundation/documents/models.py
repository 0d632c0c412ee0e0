"""Documents the portal makes: numbered, hashed, never changed afterwards; and who is asked to sign them."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.documents.enums import (
    Assurance,
    ContactSource,
    LinkChannel,
    SignatureState,
    SignerRole,
    SignerState,
)
from foundation.files.models import StoredFile
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


class DocumentNumber(models.Model):
    """The last protocol number of a year; the row is locked while the next is taken."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.last}/{self.year}"


class Document(UUIDModel):
    """One PDF with its protocol number `n/yyyy` and the SHA-256 of its bytes.

    `withdrawn_at`: the room that made it says that it holds no more; its bytes stay.
    """

    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    about = models.UUIDField(null=True, db_index=True)
    file = models.FileField(upload_to="documents/%Y/%m", max_length=200)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="document_number_once_a_year",
                violation_error_message=_("This protocol number was just taken. Try again."),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.protocol_number}"

    @property
    def protocol_number(self) -> str:
        return f"{self.number}/{self.year}"


class PaperKind(models.Model):
    """A kind of document that is signed, the assurance it needs at least, and how long it can be signed.

    What `binds` is a contract of several: it takes more than a bare link, and nobody takes it back alone.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=150)
    least_assurance = models.PositiveSmallIntegerField(_("least assurance"), choices=Assurance)
    valid_days = models.PositiveSmallIntegerField(_("days to sign"), default=30, validators=[MinValueValidator(1)])
    minors_only = models.BooleanField(_("for minors only"), default=False)
    binds = models.BooleanField(_("binds several parties"), default=False)

    class Meta:
        verbose_name = _("kind of paper")
        verbose_name_plural = _("kinds of paper")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minors_only=False) | Q(least_assurance__gte=Assurance.CHECKED),
                name="paper_for_minors_is_never_by_link_alone",
                violation_error_message=_("For a minor a bare link is not enough: ask for a higher assurance."),
            ),
            models.CheckConstraint(
                condition=Q(binds=False) | Q(least_assurance__gte=Assurance.CHECKED),
                name="paper_that_binds_is_never_by_link_alone",
                violation_error_message=_("For what binds several a bare link is not enough: ask for more."),
            ),
            models.CheckConstraint(
                condition=Q(valid_days__gte=1),
                name="paper_can_be_signed_for_a_day",
                violation_error_message=_("There must be one day at least to sign."),
            ),
        ]

    def __str__(self):
        return self.title


class SignatureRequest(UUIDModel):
    """One document that has to be signed: what for (`on_type`, `on_id`, as in events), by when, how surely.

    `least_assurance` is that of the day it was asked, whatever its kind asks for later. With `all_must` one
    refusal refuses the whole; without it one signature is enough.
    """

    kind = models.ForeignKey(PaperKind, on_delete=models.PROTECT, related_name="requests")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signature_requests")
    about = models.UUIDField(db_index=True)
    on_type = models.CharField(max_length=60)
    on_id = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=SignatureState, default=SignatureState.OPEN)
    closed_at = models.DateTimeField(null=True)
    all_must = models.BooleanField(default=True)
    least_assurance = models.PositiveSmallIntegerField(choices=Assurance)

    class Meta:
        indexes = [
            models.Index(fields=["on_type", "on_id"], name="signature_on"),
            models.Index(fields=["ends_at"], condition=Q(state="open"), name="signature_ends"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "on_type", "on_id"],
                condition=Q(state="open"),
                name="signature_asked_once",
                violation_error_message=_("This signature is being asked for already."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="signature_closed_has_its_time",
                violation_error_message=_("A signature request has the time at which it ended, and only then."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("asked_at")),
                name="signature_ends_after_it_is_asked",
                violation_error_message=_("The time to sign cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.kind_id} {self.on_type} {self.state}"


class Signer(UUIDModel):
    """One of those who must sign: who, where to reach them, how sure that is, and what they did.

    `party` is the id of a person or a representative, unknown here. Name and addresses are those of the
    day it was asked. `wording_sha256` is the hash of the document they had before them. `evidence` holds
    how they proved themselves (id of the link, time of the code, provider), never an address.
    """

    request = models.ForeignKey(SignatureRequest, on_delete=models.PROTECT, related_name="signers")
    party = models.UUIDField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=SignerRole)
    # Name and surname, each as long as people's may be: what is signed has them whole.
    name = models.CharField(max_length=401)
    language = models.CharField(max_length=10)
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    contact_from = models.CharField(max_length=10, choices=ContactSource)
    identity_checked = models.BooleanField(default=False)
    fiscal_code_digest = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=10, choices=SignerState, default=SignerState.WAITING)
    assurance = models.PositiveSmallIntegerField(choices=Assurance, null=True)
    acted_at = models.DateTimeField(null=True)
    reason = EncryptedTextField(blank=True, default="")
    evidence = models.JSONField(default=dict)
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    wording_sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["party"], condition=Q(party__isnull=False), name="signer_party"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "party"],
                condition=Q(party__isnull=False),
                name="signer_once_a_request",
                violation_error_message=_("This person is asked to sign this already."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="signed", acted_at__isnull=False, assurance__isnull=False)
                    | Q(state="refused", acted_at__isnull=False, assurance=None)
                    | Q(state__in=["waiting", "cancelled"], acted_at=None, assurance=None)
                ),
                name="signer_acted_has_its_time",
                violation_error_message=_("A signature has its time and its assurance, and only a signature."),
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | ~Q(wording_sha256=""),
                name="signer_signed_a_wording",
                violation_error_message=_("A signature belongs to the document that was read."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="signer_refuses_with_a_reason",
                violation_error_message=_("Write why you do not agree."),
            ),
            models.CheckConstraint(
                condition=Q(assurance=None) | ~Q(assurance=Assurance.CHECKED) | Q(identity_checked=True),
                name="signer_checked_was_checked",
                violation_error_message=_("Staff have not checked yet who this is."),
            ),
        ]

    def __str__(self):
        return f"{self.role} {self.state}"


class SigningLink(UUIDModel):
    """One link by which a signer comes to the page for signing. Only digests are kept, never the token or the code.

    A newer link replaces the one before. Opening it changes nothing; signing or refusing uses it up.
    """

    signer = models.ForeignKey(Signer, on_delete=models.PROTECT, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=10, choices=LinkChannel)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    code_digest = models.CharField(max_length=64, blank=True, default="")
    code_sent_at = models.DateTimeField(null=True)
    code_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["signer"],
                condition=Q(replaced_at=None, used_at=None),
                name="signing_link_one_alive",
                violation_error_message=_("A newer link was sent in the meantime. Use that one."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")),
                name="signing_link_ends_after_it_is_made",
                violation_error_message=_("A link cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(code_digest="", code_sent_at=None) | (~Q(code_digest="") & Q(code_sent_at__isnull=False)),
                name="signing_link_code_has_its_time",
                violation_error_message=_("A code has the time at which it was sent, and only then."),
            ),
        ]

    def __str__(self):
        return f"{self.channel} {self.pk}"
