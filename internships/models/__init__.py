"""Hosts with their units and tutors, internships from the proposal to the end, and the rules of the field."""

from internships.models.allowance import Allowance, AllowanceTerms, BankAccount
from internships.models.hosts import Host, HostTutor, OperatingUnit
from internships.models.internships import Internship, planned_hours, sees_all
from internships.models.links import HostLink
from internships.models.register import RegisterChange, RegisterDay, RegisterMonth
from internships.models.rules import Rule, RuleChange, RuleOverride, RuleSet
from internships.models.timetable import TimetableSlot

__all__ = [
    "Allowance",
    "AllowanceTerms",
    "BankAccount",
    "Host",
    "HostLink",
    "HostTutor",
    "Internship",
    "OperatingUnit",
    "RegisterChange",
    "RegisterDay",
    "RegisterMonth",
    "Rule",
    "RuleChange",
    "RuleOverride",
    "RuleSet",
    "TimetableSlot",
    "planned_hours",
    "sees_all",
]
