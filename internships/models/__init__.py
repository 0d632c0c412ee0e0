"""Hosts with their units and tutors, internships from the proposal to the end, and the rules of the field."""

from internships.models.allowance import Allowance, AllowanceTerms, BankAccount
from internships.models.hosts import Host, HostTutor, OperatingUnit
from internships.models.internships import Internship, planned_hours, sees_all
from internships.models.life import Amendment, DatedTodo, Suspension
from internships.models.links import HostLink
from internships.models.outcomes import InternshipOutcome
from internships.models.register import RegisterChange, RegisterDay, RegisterMonth
from internships.models.rules import Rule, RuleChange, RuleOverride, RuleSet
from internships.models.safety import Accident, Concern, SafetyEvidence, Visit
from internships.models.timetable import TimetableSlot

__all__ = [
    "Accident",
    "Allowance",
    "AllowanceTerms",
    "Amendment",
    "BankAccount",
    "Concern",
    "DatedTodo",
    "Host",
    "HostLink",
    "HostTutor",
    "Internship",
    "InternshipOutcome",
    "OperatingUnit",
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
    "Visit",
    "planned_hours",
    "sees_all",
]
