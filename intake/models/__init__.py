"""What the Informagiovani desk keeps, as rows."""

from intake.models.agenda import Availability, AvailabilityException, Slot
from intake.models.calendars import AgendaChange, OperatorCalendar
from intake.models.caseload import CaseloadView, Cover, CoverQuerySet, Handover
from intake.models.cv import Cv, CvEntry
from intake.models.desk import Note
from intake.models.evidence import StepEvidence, StepEvidenceQuerySet
from intake.models.feedback import TalkFeedback
from intake.models.followup import FollowUp, FollowUpQuerySet
from intake.models.groups import MOST_ENTRIES, Group, GroupEntry
from intake.models.interviews import InterviewAddendum, InterviewSummary
from intake.models.outreach import StreetContact, StreetContactQuerySet, StreetMeeting
from intake.models.outside import OutsideReferral, OutsideReferralQuerySet
from intake.models.participations import (
    OfParticipationQuerySet,
    Participation,
    ParticipationQuerySet,
    Reception,
    Referral,
    ReferralQuerySet,
    sees_everybody,
)
from intake.models.people import HOUSE, DeskCard, Mediation, TalkLanguage
from intake.models.plans import Plan, PlanAction, PlanActionQuerySet, PlanGoal, PlanGoalQuerySet, PlanSignature
from intake.models.queue import QueueEntry, QueueEntryQuerySet
from intake.models.safeguarding import (
    SafeguardingEntry,
    SafeguardingQuerySet,
    SafeguardingReader,
    SafeguardingReading,
    SafeguardingRecord,
)
from intake.models.skills import PersonSkill, Skill, SkillLabel
from intake.models.talks import Appointment, Interview
from intake.models.wishes import CallRequest, EarlierWish, EarlierWishQuerySet

__all__ = [
    "HOUSE",
    "MOST_ENTRIES",
    "AgendaChange",
    "Appointment",
    "Availability",
    "AvailabilityException",
    "CallRequest",
    "CaseloadView",
    "Cover",
    "CoverQuerySet",
    "Cv",
    "CvEntry",
    "DeskCard",
    "EarlierWish",
    "EarlierWishQuerySet",
    "FollowUp",
    "FollowUpQuerySet",
    "Group",
    "GroupEntry",
    "Handover",
    "Interview",
    "InterviewAddendum",
    "InterviewSummary",
    "Mediation",
    "Note",
    "OfParticipationQuerySet",
    "OperatorCalendar",
    "OutsideReferral",
    "OutsideReferralQuerySet",
    "Participation",
    "ParticipationQuerySet",
    "PersonSkill",
    "Plan",
    "PlanAction",
    "PlanActionQuerySet",
    "PlanGoal",
    "PlanGoalQuerySet",
    "PlanSignature",
    "QueueEntry",
    "QueueEntryQuerySet",
    "Reception",
    "Referral",
    "ReferralQuerySet",
    "SafeguardingEntry",
    "SafeguardingQuerySet",
    "SafeguardingReader",
    "SafeguardingReading",
    "SafeguardingRecord",
    "Skill",
    "SkillLabel",
    "Slot",
    "StepEvidence",
    "StepEvidenceQuerySet",
    "StreetContact",
    "StreetContactQuerySet",
    "StreetMeeting",
    "TalkFeedback",
    "TalkLanguage",
    "sees_everybody",
]
