"""A person in an edition: how they came, where they stand, and to whom they were sent."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User, YoungPerson
from intake.enums import (
    ContactChannel,
    Ending,
    ParticipationState,
    ReferralPurpose,
    ReferralState,
)
from intake.workflow import OPEN_STATES, OUTCOMES, REASONS
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel
from programme.models import Edition, Organisation


def sees_everybody(user) -> bool:
    """Operators, coordinators and administrators: no participation is hidden from them."""
    return user.is_superuser or not user.roles.isdisjoint({Role.OPERATOR, Role.COORDINATOR})


class ParticipationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN_STATES)

    def visible_to(self, user):
        """Operators and coordinators: all. Partners: who was referred and not declined. A young person: their own."""
        if sees_everybody(user):
            return self
        mine = Q(person__user=user)
        partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        if partners:
            mine |= Q(pk__in=Referral.objects.filter(organisation__in=partners).in_force().values("participation"))
        return self.filter(mine)


class LiveParticipations(models.Manager):
    """Without those that were folded into another one of the same person: no list shows somebody twice."""

    def get_queryset(self):
        return super().get_queryset().filter(merged_into=None)


class Participation(UUIDModel):
    """One person in one edition: what the edition counts, and where talks and plan hang."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="participations")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="participations")
    state = models.CharField(max_length=15, choices=ParticipationState, default=ParticipationState.REGISTERED)
    channel = models.CharField(max_length=15, choices=ContactChannel, default=ContactChannel.WEB)
    operator = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="caseload")
    opened_at = models.DateTimeField()
    state_since = models.DateTimeField()
    # When the desk last had to do with the person: whoever waits longest comes first in a caseload.
    last_contact_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=15, choices=Ending, blank=True)
    # The same in the operator's words, where they add something.
    outcome = models.CharField(max_length=200, blank=True)
    # Of a person whose two records were made one: this row only remembers what it was.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )

    objects = LiveParticipations.from_queryset(ParticipationQuerySet)()
    # Also what was folded into another: for its own page, for locks and for undoing.
    with_merged = ParticipationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["edition", "state", "-opened_at"], name="participation_queue"),
            models.Index(fields=["operator", "state"], name="participation_caseload"),
            models.Index(fields=["opened_at"], condition=Q(state="registered"), name="participation_waiting"),
            models.Index(
                fields=["operator", "last_contact_at"],
                condition=Q(state__in=OPEN_STATES),
                name="participation_contact",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "edition"],
                condition=Q(merged_into__isnull=True),
                name="participation_once",
                violation_error_message=_("This person already takes part in this edition."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "dropped"], closed_at__isnull=False)
                | (~Q(state__in=["closed", "dropped"]) & Q(closed_at__isnull=True)),
                name="participation_closed_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", ending__in=OUTCOMES)
                | Q(state="dropped", ending__in=REASONS)
                | (~Q(state__in=["closed", "dropped"]) & Q(ending="")),
                name="participation_ends_with_its_kind",
                violation_error_message=_("A way that was closed says with what, one that stopped says why."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="participation_not_merged_into_self",
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.edition}"

    def may_have(self, what: str) -> bool:
        """Whether there may be, say, "appointments": no only where that mark was read along and says so."""
        return getattr(self, f"has_{what}", True)


class OfParticipationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whatever hangs on a participation that `user` may see."""
        if sees_everybody(user):
            return self
        return self.filter(participation__in=Participation.objects.visible_to(user))


class Reception(models.Model):
    """The first talk at the desk: how they came, what they look for, what happens next."""

    participation = models.OneToOneField(Participation, on_delete=models.PROTECT, related_name="reception")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    channel = models.CharField(_("how they came"), max_length=15, choices=ContactChannel)
    sent_by = models.CharField(_("who sent them"), max_length=200, blank=True)
    need = EncryptedTextField(_("what they are looking for"))
    information_given = EncryptedTextField(_("information given"), blank=True)
    next_step = models.CharField(_("next step"), max_length=200)

    def __str__(self):
        return f"{self.participation} {self.at:%Y-%m-%d}"


class ReferralQuerySet(models.QuerySet):
    def in_force(self):
        """Those by which a partner sees somebody: a declined one shows no more than that it was."""
        return self.exclude(state__in=[ReferralState.DECLINED, ReferralState.WITHDRAWN])

    def unanswered(self, day):
        """Waiting although the partner's days to answer are over."""
        return self.filter(state=ReferralState.SENT, answer_by__lt=day)

    def visible_to(self, user):
        """Operators and coordinators: all. Partner staff: those sent to their organisation and not taken back."""
        if user.is_superuser or user.roles & {Role.OPERATOR, Role.COORDINATOR}:
            return self
        ours = self.filter(organisation__in=user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))
        return ours.exclude(state=ReferralState.WITHDRAWN)


class Referral(UUIDModel):
    """A person entrusted to a partner for a purpose: from then on the partner's staff see them."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="referrals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals")
    plan_action = models.ForeignKey(
        "intake.PlanAction", null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    purpose = models.CharField(max_length=15, choices=ReferralPurpose)
    note = EncryptedTextField(_("what the partner should know"), blank=True)
    state = models.CharField(max_length=10, choices=ReferralState, default=ReferralState.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Until when the partner answers; none for those sent before there was a clock.
    answer_by = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=300, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    feedback = EncryptedTextField(_("how it went"), blank=True)
    feedback_at = models.DateTimeField(null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        indexes = [
            models.Index(fields=["organisation", "state", "-sent_at"], name="referral_desk"),
            models.Index(fields=["answer_by"], condition=Q(state="sent"), name="referral_waiting"),
            # Who waits for an internship, the longest wait first.
            models.Index(
                fields=["organisation", "answered_at", "id"],
                include=["participation", "plan_action"],
                condition=Q(purpose="internship", state="accepted"),
                name="referral_for_internship",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "organisation", "purpose"],
                condition=Q(state="sent"),
                name="referral_one_waiting",
                violation_error_message=_("This referral is already waiting for the partner's answer."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="referral_answer_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.participation} → {self.organisation}"
