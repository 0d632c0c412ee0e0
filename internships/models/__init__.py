"""Hosts with their units and tutors, and internships from the proposal to the end."""

from internships.models.hosts import Host, HostTutor, OperatingUnit
from internships.models.internships import Internship, planned_hours, sees_all
from internships.models.register import RegisterDay

__all__ = ["Host", "HostTutor", "Internship", "OperatingUnit", "RegisterDay", "planned_hours", "sees_all"]
