"""What the pages of this room ask. Rules are the actions'; forms turn what is typed into values."""

from intake.forms.agenda import AppointmentForm, DayForm, HoursForm
from intake.forms.caseload import CoverForm, FiltersForm, HandoverForm, ViewForm, query_of
from intake.forms.cv import CvEntryForm, CvWordsForm, SkillForm
from intake.forms.desk import (
    EndingForm,
    MergeForm,
    NoteForm,
    QueueForm,
    ReceptionForm,
    TellingForm,
    UndoMergeForm,
    WalkInForm,
)
from intake.forms.evidence import EvidenceForm
from intake.forms.groups import EntryForm, EntryRows, GroupForm, PresenceForm, TieForm
from intake.forms.interviews import AdditionForm, SummaryForm
from intake.forms.outreach import ContactForm, MeetingForm
from intake.forms.people import CardForm, MediatorForm, SentenceForm, WishedLanguageFields
from intake.forms.plan import ActionForm, GoalForm, NewGoalForm, OwnStepForm, ProjectForm, ProposeForm, kind_shown
from intake.forms.referrals import OutsideReferralForm, ReferralAnswerForm, ReferralFeedbackForm, ReferralForm
from intake.forms.safeguarding import (
    AdditionToRecordForm,
    ClosingForm,
    DeadlineForm,
    ReaderForm,
    ReadingForm,
    SafeguardingForm,
)
from intake.forms.threads import MessageForm
from intake.forms.wishes import CallForm, CallMeForm, NewsForm

__all__ = [
    "ActionForm",
    "AdditionForm",
    "AdditionToRecordForm",
    "AppointmentForm",
    "CallForm",
    "CallMeForm",
    "CardForm",
    "ClosingForm",
    "ContactForm",
    "CoverForm",
    "CvEntryForm",
    "CvWordsForm",
    "DayForm",
    "DeadlineForm",
    "EndingForm",
    "EntryForm",
    "EntryRows",
    "EvidenceForm",
    "FiltersForm",
    "GoalForm",
    "GroupForm",
    "HandoverForm",
    "HoursForm",
    "MediatorForm",
    "MeetingForm",
    "MergeForm",
    "MessageForm",
    "NewGoalForm",
    "NewsForm",
    "NoteForm",
    "OutsideReferralForm",
    "OwnStepForm",
    "PresenceForm",
    "ProjectForm",
    "ProposeForm",
    "QueueForm",
    "ReaderForm",
    "ReadingForm",
    "ReceptionForm",
    "ReferralAnswerForm",
    "ReferralFeedbackForm",
    "ReferralForm",
    "SafeguardingForm",
    "SentenceForm",
    "SkillForm",
    "SummaryForm",
    "TellingForm",
    "TieForm",
    "UndoMergeForm",
    "ViewForm",
    "WalkInForm",
    "WishedLanguageFields",
    "kind_shown",
    "query_of",
]
