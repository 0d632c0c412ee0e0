"""Applications for offers of internships, and the links by which hosts answer them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.files.models import StoredFile
from intake.models import Participation, Referral
from internships.enums import ApplicationState as S
from internships.enums import HostAnswer, TurnedDown
from internships.models.hosts import HostTutor
from internships.models.offers import Offer
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel

# Something is still expected of the partner or the host.
WAITING = (S.SENT, S.SHORTLISTED, S.INVITED)


class ApplicationQuerySet(models.QuerySet):
    def sent(self):
        """All but what is still being written: that nobody else reads."""
        return self.exclude(state=S.DRAFT)

    def waiting(self):
        return self.filter(state__in=WAITING)

    def unanswered(self):
        """Those of whom nobody has heard anything."""
        return self.filter(state=S.SENT)

    def of_staff(self, user):
        """Those for the offers of the organisations in which `user` is partner staff."""
        return self.sent().filter(offer__in=Offer.objects.of_staff(user))

    def whole(self):
        """With all that a page names."""
        return self.select_related(
            "participation__person",
            "cv",
            "referral",
            "offer__opportunity__organisation",
            "offer__run",
            "offer__unit__host",
            "offer__host_tutor",
            "offer__answered_by",
        )


class Application(UUIDModel):
    """One person asks for one internship, with a CV and a few words."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="applications")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="internship_applications")
    text = EncryptedTextField(_("why you"), blank=True)
    cv = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=15, choices=S, default=S.DRAFT)
    state_since = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    # When the person first heard something: what the response rate counts.
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    host_asked_at = models.DateTimeField(null=True, blank=True)
    host_answer = models.CharField(max_length=10, choices=HostAnswer, blank=True)
    host_answered_at = models.DateTimeField(null=True, blank=True)
    interview_at = models.DateTimeField(_("interview"), null=True, blank=True)
    interview_place = models.CharField(_("where"), max_length=200, blank=True)
    reason = models.CharField(max_length=20, choices=TurnedDown, blank=True)
    # Since when words and CV are gone: it led to nothing, and is long over.
    emptied_at = models.DateTimeField(null=True, blank=True)
    # By which the partner opens the internship, once somebody is taken.
    referral = models.ForeignKey(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="internship_applications"
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["offer", "state", "sent_at", "id"], name="application_of_offer"),
            models.Index(fields=["sent_at"], condition=Q(state="sent"), name="application_unanswered"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "participation"],
                name="application_once",
                violation_error_message=_("You have applied for this internship already."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True) | ~Q(state="draft") & Q(sent_at__isnull=False),
                name="application_sent_has_day",
                violation_error_message=_("An application that was sent has its day."),
            ),
            models.CheckConstraint(
                condition=~Q(state="invited") | Q(interview_at__isnull=False) & ~Q(interview_place=""),
                name="application_invited_whole",
                violation_error_message=_("Say on which day, at what time and where."),
            ),
            models.CheckConstraint(
                condition=Q(state="turned_down") & ~Q(reason="") | ~Q(state="turned_down") & Q(reason=""),
                name="application_turned_down_why",
                violation_error_message=_("Choose why: the young person reads it."),
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(referral__isnull=False),
                name="application_taken_by_referral",
                violation_error_message=_("Whoever is taken is entrusted to the partner."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["shortlisted", "invited", "taken", "turned_down"])
                | Q(answered_at__isnull=False),
                name="application_answered_has_day",
                violation_error_message=_("An answer has its day."),
            ),
            models.CheckConstraint(
                condition=Q(host_answer="", host_answered_at__isnull=True)
                | ~Q(host_answer="") & Q(host_answered_at__isnull=False),
                name="application_host_answer_whole",
                violation_error_message=_("An answer has its day."),
            ),
        ]

    def __str__(self):
        return f"{self.participation_id} → {self.offer_id}"

    @property
    def person(self):
        return self.participation.person

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING


class ApplicationLink(UUIDModel):
    """What a host's tutor opens from the mail: one application. Taken back by the partner, and over by its day."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="links")
    tutor = models.ForeignKey(HostTutor, on_delete=models.PROTECT, related_name="application_links")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(revoked_at__isnull=True),
                name="application_link_one",
                violation_error_message=_("The host has a link to this application already."),
            ),
        ]

    def __str__(self):
        return f"{self.tutor_id}"

    def is_open(self, now) -> bool:
        return self.revoked_at is None and now < self.ends_at
