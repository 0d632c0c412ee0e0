"""Hosts with their units and tutors, internships from the proposal to the end, and the rules of the field."""

from internships.models.hosts import Host, HostTutor, OperatingUnit
from internships.models.internships import Internship, planned_hours, sees_all
from internships.models.register import RegisterDay
from internships.models.rules import Rule, RuleChange, RuleOverride, RuleSet

__all__ = [
    "Host",
    "HostTutor",
    "Internship",
    "OperatingUnit",
    "RegisterDay",
    "Rule",
    "RuleChange",
    "RuleOverride",
    "RuleSet",
    "planned_hours",
    "sees_all",
]
