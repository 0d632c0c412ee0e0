"""What the desk holds about a person, how they become nobody, and the days on which they counted."""

from django.utils import timezone
from django.utils.translation import gettext

from foundation.privacy.actions import erase
from foundation.questionnaires.models import AnswerSheet
from intake.actions import release
from intake.models import (
    Appointment,
    CallRequest,
    Cv,
    CvEntry,
    EarlierWish,
    FollowUp,
    GroupEntry,
    Handover,
    Interview,
    InterviewAddendum,
    InterviewSummary,
    Mediation,
    Note,
    OutsideReferral,
    Participation,
    PersonSkill,
    Plan,
    PlanAction,
    PlanGoal,
    PlanSignature,
    QueueEntry,
    Reception,
    Referral,
    SafeguardingEntry,
    SafeguardingReading,
    SafeguardingRecord,
    StepEvidence,
    StreetContact,
    StreetMeeting,
    TalkFeedback,
)
from migwork.errors import NotNow


def holdings(abouts) -> list:
    """The rows about these people that this room holds."""
    of_person = {"participation__person__in": abouts}
    return [
        Participation.with_merged.filter(person__in=abouts),
        Reception.objects.filter(**of_person),
        Appointment.objects.filter(**of_person),
        GroupEntry.objects.filter(**of_person),
        StreetContact.objects.filter(**of_person),
        StreetMeeting.objects.filter(contact__participation__person__in=abouts),
        TalkFeedback.objects.filter(appointment__participation__person__in=abouts),
        Mediation.objects.filter(appointment__participation__person__in=abouts),
        EarlierWish.objects.filter(appointment__participation__person__in=abouts),
        CallRequest.objects.filter(**of_person),
        Interview.objects.filter(**of_person),
        AnswerSheet.objects.filter(pk__in=Interview.objects.filter(**of_person).values("sheet")),
        InterviewAddendum.objects.filter(interview__participation__person__in=abouts),
        InterviewSummary.objects.filter(interview__participation__person__in=abouts),
        FollowUp.objects.filter(**of_person),
        AnswerSheet.objects.filter(pk__in=FollowUp.objects.filter(**of_person).values("sheet")),
        Note.objects.filter(**of_person),
        QueueEntry.objects.filter(**of_person),
        Plan.objects.filter(**of_person),
        PlanGoal.objects.filter(plan__participation__person__in=abouts),
        PlanAction.objects.filter(goal__plan__participation__person__in=abouts),
        StepEvidence.objects.filter(action__goal__plan__participation__person__in=abouts),
        PlanSignature.objects.filter(plan__participation__person__in=abouts),
        Referral.objects.filter(**of_person),
        Handover.objects.filter(**of_person),
        OutsideReferral.objects.filter(**of_person),
        SafeguardingRecord.objects.filter(concerns__in=abouts),
        SafeguardingEntry.objects.filter(record__concerns__in=abouts),
        SafeguardingReading.objects.filter(record__concerns__in=abouts),
        PersonSkill.objects.filter(person__in=abouts),
        Cv.objects.filter(person__in=abouts),
        CvEntry.objects.filter(person__in=abouts),
    ]


def anonymise(about, by, now):
    """Appointments to come are called off; nobody follows whoever is nobody. States stay: they are counted."""
    # Said so that it tells nothing: whoever asked may live with whom the record is about.
    if SafeguardingRecord.objects.open().filter(concerns=about).exists():
        raise NotNow(gettext("The desk still needs these data for a duty by law. Ask again later."), code="needed")
    release(person=about, now=now)
    return erase(*holdings([about]))


def days_that_count(person):
    """The days on which the age decided who may take part, and by which figures group."""
    moments = Participation.with_merged.filter(person=person).values_list("opened_at", flat=True)
    return [timezone.localdate(moment) for moment in moments]
