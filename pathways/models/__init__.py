"""Opportunities, their runs with sessions and places, enrolments and attendance; paths on which one is accompanied."""

from pathways.models.assessments import Assessment
from pathways.models.attendance import Attendance, AttendanceMark, ClosedList
from pathways.models.certificates import Certificate, CertificateBatch, CertificateRule, FinalTest
from pathways.models.changes import SessionChange
from pathways.models.enrolments import Enrolment
from pathways.models.friends import FriendLink
from pathways.models.heads import Headcount
from pathways.models.modules import Module, ModulePath
from pathways.models.opportunities import Opportunity
from pathways.models.paths import AccompaniedPath, PathCheck, PathStep, PathTalk
from pathways.models.runs import Run, Session, SessionTrainer
from pathways.models.stays import LearntSkill, Stay
from pathways.models.study import StudyOption
from pathways.models.suggestions import KeptSearch, SuggestionChoice
from pathways.models.trainers import Room, Trainer
from pathways.models.translations import OpportunityTranslation
from pathways.models.ventures import IdeaSheet
from pathways.models.words import CatalogueWord, Synonym, SynonymGroup

__all__ = [
    "AccompaniedPath",
    "Assessment",
    "Attendance",
    "AttendanceMark",
    "CatalogueWord",
    "Certificate",
    "CertificateBatch",
    "CertificateRule",
    "ClosedList",
    "Enrolment",
    "FinalTest",
    "FriendLink",
    "Headcount",
    "IdeaSheet",
    "KeptSearch",
    "LearntSkill",
    "Module",
    "ModulePath",
    "Opportunity",
    "OpportunityTranslation",
    "PathCheck",
    "PathStep",
    "PathTalk",
    "Room",
    "Run",
    "Session",
    "SessionChange",
    "SessionTrainer",
    "Stay",
    "StudyOption",
    "SuggestionChoice",
    "Synonym",
    "SynonymGroup",
    "Trainer",
]
