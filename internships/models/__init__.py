"""Hosts with their units and tutors, internships from the proposal to the end, and the rules of the field."""

from internships.models.agreements import Agreement, HostSigner, PaperTemplate
from internships.models.allowance import Allowance, AllowanceTerms, BankAccount
from internships.models.applications import Application, ApplicationLink
from internships.models.ends import EndPaper, Evaluation
from internships.models.hosts import Host, HostTutor, OperatingUnit
from internships.models.internships import Internship, planned_hours, sees_all
from internships.models.life import Amendment, DatedTodo, Suspension
from internships.models.links import HostLink
from internships.models.offers import Offer
from internships.models.outcomes import InternshipOutcome, LaterOutcome
from internships.models.projects import TrainingProject
from internships.models.register import RegisterChange, RegisterDay, RegisterMonth
from internships.models.rules import Rule, RuleChange, RuleOverride, RuleSet
from internships.models.safety import Accident, Concern, SafetyEvidence, Visit
from internships.models.timetable import TimetableSlot

__all__ = [
    "Accident",
    "Agreement",
    "Allowance",
    "AllowanceTerms",
    "Amendment",
    "Application",
    "ApplicationLink",
    "BankAccount",
    "Concern",
    "DatedTodo",
    "EndPaper",
    "Evaluation",
    "Host",
    "HostLink",
    "HostSigner",
    "HostTutor",
    "Internship",
    "InternshipOutcome",
    "LaterOutcome",
    "Offer",
    "OperatingUnit",
    "PaperTemplate",
    "RegisterChange",
    "RegisterDay",
    "RegisterMonth",
    "Rule",
    "RuleChange",
    "RuleOverride",
    "RuleSet",
    "SafetyEvidence",
    "Suspension",
    "TimetableSlot",
    "TrainingProject",
    "Visit",
    "planned_hours",
    "sees_all",
]
