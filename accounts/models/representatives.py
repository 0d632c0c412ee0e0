"""Who signs for a minor."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import EndOfRepresentation, PaperType, RepresentativeKind
from accounts.models.people import FISCAL_CODE_LENGTH, User, YoungPerson, fiscal_code_is_whole
from foundation.documents.enums import ContactSource
from migwork.db import UUIDModel


class LegalRepresentative(UUIDModel):
    """An adult who signs for one minor or several. They have no account: they get links."""

    first_name = models.CharField(_("name"), max_length=200)
    last_name = models.CharField(_("surname"), max_length=200)
    fiscal_code = models.CharField(_("codice fiscale"), max_length=16, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("mobile phone"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=10, default="it")
    # Who told us the address: what a minor wrote proves nothing about the adult.
    contact_from = models.CharField(max_length=10, choices=ContactSource)
    identity_checked_at = models.DateTimeField(null=True, blank=True)
    identity_checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    identity_paper = models.CharField(_("paper that was shown"), max_length=15, choices=PaperType, blank=True)
    sort_key = models.CharField(max_length=300, editable=False, help_text=_("Surname and name, unaccented."))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("legal representative")
        verbose_name_plural = _("legal representatives")
        indexes = [
            models.Index(fields=["sort_key"], name="representative_sort_key", opclasses=["text_pattern_ops"]),
            models.Index(fields=["fiscal_code"], condition=~Q(fiscal_code=""), name="representative_fiscal_code"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=fiscal_code_is_whole("fiscal_code"),
                name="representative_fiscal_code_whole",
                violation_error_message=FISCAL_CODE_LENGTH,
            ),
            models.CheckConstraint(
                condition=Q(identity_checked_at__isnull=True, identity_checked_by__isnull=True, identity_paper="")
                | (Q(identity_checked_at__isnull=False, identity_checked_by__isnull=False) & ~Q(identity_paper="")),
                name="representative_check_is_whole",
                violation_error_message=_("Of a checked identity it is kept when, by whom and by which paper."),
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Representation(UUIDModel):
    """By what right a representative signs for a person, and until when."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="representations")
    representative = models.ForeignKey(LegalRepresentative, on_delete=models.PROTECT, related_name="representations")
    kind = models.CharField(_("who they are"), max_length=20, choices=RepresentativeKind)
    order = models.PositiveSmallIntegerField(default=1)
    since = models.DateField(_("since"))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=10, choices=EndOfRepresentation, blank=True)

    class Meta:
        verbose_name = _("representation of a minor")
        verbose_name_plural = _("representations of minors")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "representative"],
                condition=Q(ended_at__isnull=True),
                name="representation_once",
                violation_error_message=_("This adult signs for this person already."),
            ),
            # Two places, each held by one: never three.
            models.UniqueConstraint(
                fields=["person", "order"],
                condition=Q(ended_at__isnull=True),
                name="representation_place_once",
                violation_error_message=_("There are two representatives already: end one first."),
            ),
            models.CheckConstraint(
                condition=Q(order__range=(1, 2)),
                name="representation_one_or_two",
                violation_error_message=_("A minor has one representative or two."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="") | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="representation_end_is_whole",
                violation_error_message=_("Of an ended representation it is kept when and why."),
            ),
        ]

    def __str__(self):
        return f"{self.representative} → {self.person}"
