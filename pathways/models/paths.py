"""A path on which somebody is accompanied: back to study, abroad or volunteering, to a business of one's own.

What the three have in common: how far it is, who accompanies, what there is to tick off, talks, how it ended, and
whether that lasted. What each has for itself: study.py, stays.py, ventures.py.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from intake.models import Participation
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel
from pathways.enums import (
    CheckAnswer,
    PathKind,
    PathOutcome,
    PathReason,
    PathState,
    PathTalkKind,
    StepCode,
    StepKind,
)
from pathways.paths import KINDS, WITH_REASON
from programme.models import Organisation


class AccompaniedPathQuerySet(models.QuerySet):
    def open(self):
        return self.exclude(state=PathState.ENDED)

    def visible_to(self, user):
        """Operators: all. Staff of a partner: those that they accompany. A young person: their own.

        Coordinators count how paths end, but read none.
        """
        if user.is_superuser or Role.OPERATOR in user.roles:
            return self
        partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        return self.filter(Q(participation__person__user=user) | Q(companion=user, organisation__in=partners))


class AccompaniedPath(UUIDModel):
    """One path of a person. `companion` goes along: an operator, or a mentor at a partner; nobody yet while empty."""

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="paths")
    kind = models.CharField(max_length=10, choices=PathKind)
    state = models.CharField(max_length=10, choices=PathState, default=PathState.CHOOSING)
    state_since = models.DateTimeField()
    companion = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="accompanies")
    # Where the companion works.
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    began_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=15, choices=PathOutcome, blank=True)
    # The day on which it came about, as it is counted.
    outcome_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=15, choices=PathReason, blank=True)
    words = EncryptedTextField(blank=True)

    objects = AccompaniedPathQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "pk"]
        indexes = [
            models.Index(fields=["companion", "state"], name="path_companion"),
            models.Index(fields=["kind", "outcome", "outcome_on"], name="path_outcome"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "kind"],
                condition=~Q(state="ended"),
                name="path_one_open",
                violation_error_message=_("Such a path is open already: go on with that one."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="ended", ended_at__isnull=False, ended_by__isnull=False, outcome_on__isnull=False)
                    & ~Q(outcome="")
                )
                | (
                    ~Q(state="ended")
                    & Q(ended_at__isnull=True, ended_by__isnull=True, outcome_on__isnull=True, outcome="")
                ),
                name="path_ends_with_an_outcome",
                violation_error_message=_("A path that has ended says how, and when."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(kind="study", outcome__in=KINDS[PathKind.STUDY].outcomes)
                | Q(kind="stay", outcome__in=KINDS[PathKind.STAY].outcomes)
                | Q(kind="venture", outcome__in=KINDS[PathKind.VENTURE].outcomes),
                name="path_outcome_of_its_kind",
                violation_error_message=_("A path of this kind cannot end like that."),
            ),
            models.CheckConstraint(
                condition=(Q(outcome__in=WITH_REASON) & ~Q(reason="")) | (~Q(outcome__in=WITH_REASON) & Q(reason="")),
                name="path_says_why",
                violation_error_message=_("Say why, if it was given up or ended early."),
            ),
            models.CheckConstraint(
                condition=Q(companion__isnull=True, organisation__isnull=True)
                | Q(companion__isnull=False, organisation__isnull=False),
                name="path_companion_works_somewhere",
            ),
        ]

    def __str__(self):
        return f"{self.participation} · {self.get_kind_display()}"


class PathTalk(UUIDModel):
    """A meeting on the path: arranged, and once it was held with what was said, which both of them read."""

    path = models.ForeignKey(AccompaniedPath, on_delete=models.PROTECT, related_name="talks")
    kind = models.CharField(max_length=10, choices=PathTalkKind)
    at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    arranged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    said = EncryptedTextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], condition=Q(held_at__isnull=True), name="path_talk_coming")]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, held_by__isnull=True, said="")
                | Q(held_at__isnull=False, held_by__isnull=False),
                name="path_talk_is_noted_whole",
            ),
        ]

    def __str__(self):
        return f"{self.path} {self.at:%Y-%m-%d %H:%M}"


class PathStep(UUIDModel):
    """Something to tick off: a document with its expiry, a thing to do by a day, a milestone."""

    path = models.ForeignKey(AccompaniedPath, on_delete=models.PROTECT, related_name="steps")
    # In which talk it was agreed.
    talk = models.ForeignKey(PathTalk, null=True, blank=True, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    code = models.CharField(max_length=20, choices=StepCode, blank=True)
    title = models.CharField(max_length=150, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "added_at", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="path_step_due"),
            models.Index(fields=["expires_on"], condition=Q(done_on__isnull=False), name="path_step_expires"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["path", "code"],
                condition=~Q(code=""),
                name="path_step_once",
                violation_error_message=_("This is on the list already."),
            ),
            models.CheckConstraint(
                condition=(Q(code="") & ~Q(title="")) | (~Q(code="") & Q(title="")),
                name="path_step_has_one_name",
                violation_error_message=_("Write what there is to do."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(kind="document"),
                name="path_step_documents_expire",
                violation_error_message=_("Only a document expires."),
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="path_step_is_ticked_whole",
            ),
        ]

    def __str__(self):
        return f"{self.path} {self.name}"

    @property
    def name(self) -> str:
        return self.title or self.get_code_display()


class PathCheckQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(answered_at=None)


class PathCheck(UUIDModel):
    """Whether an outcome lasted: asked months later by a link, or by somebody who telephones (`by`)."""

    path = models.ForeignKey(AccompaniedPath, on_delete=models.PROTECT, related_name="checks")
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=CheckAnswer, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PathCheckQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(answered_at__isnull=True), name="path_check_due")]
        constraints = [
            models.UniqueConstraint(fields=["path"], condition=Q(answered_at__isnull=True), name="path_check_one_open"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="", by__isnull=True)
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="path_check_answer_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.path} {self.due_on:%Y-%m-%d}"
