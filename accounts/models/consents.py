"""What people and those who represent them agree to, and which partner may see them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import ConsentBy, ConsentState, GrantKind
from accounts.models.people import User, YoungPerson
from foundation.documents.models import PaperKind, SignatureRequest
from migwork.db import UUIDModel
from programme.models import Organisation


class Purpose(models.Model):
    """What is consented to, and whose yes it needs. Data: from a file, editable in the administration.

    `name` and `text` are {"it": …, "en": …}. A new wording is a new `version`.
    """

    code = models.SlugField(max_length=30, unique=True)
    name = models.JSONField()
    text = models.JSONField()
    version = models.PositiveSmallIntegerField(default=1)
    paper = models.ForeignKey(PaperKind, null=True, blank=True, on_delete=models.PROTECT, related_name="purposes")
    representatives = models.PositiveSmallIntegerField(
        default=1, help_text=_("How many representatives of a minor must say yes.")
    )
    both_parents = models.BooleanField(default=False, help_text=_("Where a minor has two, both must say yes."))
    own_from_age = models.PositiveSmallIntegerField(default=18, help_text=_("From this age the person decides alone."))
    blocks_without_guardian = models.BooleanField(
        default=True, help_text=_("Without a representative a minor has to wait.")
    )

    class Meta:
        verbose_name = _("purpose of consent")
        verbose_name_plural = _("purposes of consent")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(representatives__lte=2),
                name="purpose_at_most_two",
                violation_error_message=_("A minor has at most two representatives."),
            ),
            models.CheckConstraint(
                condition=Q(both_parents=False) | Q(representatives__gte=1),
                name="purpose_both_needs_one",
                violation_error_message=_("Both can be asked only where one is."),
            ),
            models.CheckConstraint(
                condition=Q(representatives=0) | Q(paper__isnull=False),
                name="purpose_signed_on_paper",
                violation_error_message=_("What a representative signs needs its kind of paper."),
            ),
            models.CheckConstraint(
                condition=Q(own_from_age__lte=18),
                name="purpose_of_age_at_eighteen",
                violation_error_message=_("From 18 on everybody decides alone."),
            ),
        ]

    def __str__(self):
        return self.code


class Consent(UUIDModel):
    """One yes or no to one purpose. Who withdraws and says yes again later has two rows."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="consents")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="consents")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ConsentState, default=ConsentState.ASKED)
    request = models.ForeignKey(
        SignatureRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="consents"
    )
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    by_whom = models.CharField(max_length=15, choices=ConsentBy, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(state__in=["asked", "given"]),
                name="consent_one_live",
                violation_error_message=_("This was asked or agreed to already."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, by_whom="") | (Q(decided_at__isnull=False) & ~Q(by_whom="")),
                name="consent_decision_is_whole",
                violation_error_message=_("Of a decision it is kept when it was made and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True, ended_at__isnull=True)
                | Q(state__in=["given", "refused"], decided_at__isnull=False, ended_at__isnull=True)
                | Q(state="withdrawn", decided_at__isnull=False, ended_at__isnull=False)
                | Q(state="ended", ended_at__isnull=False),
                name="consent_state_has_its_times",
                violation_error_message=_("The state of a consent and its times do not fit together."),
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.purpose} · {self.get_state_display()}"


class AccessGrant(UUIDModel):
    """By which a partner may see a person, until it is withdrawn."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="access_grants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="access_grants")
    what = models.CharField(max_length=15, choices=GrantKind)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("access of a partner")
        verbose_name_plural = _("accesses of partners")
        ordering = ["-given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "what"],
                condition=Q(withdrawn_at__isnull=True),
                name="access_grant_one_live",
                violation_error_message=_("This partner has this access already."),
            ),
            models.CheckConstraint(
                # Nobody withdraws it when a person's data run out.
                condition=Q(withdrawn_by__isnull=True) | Q(withdrawn_at__isnull=False),
                name="access_grant_end_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} → {self.person}"
