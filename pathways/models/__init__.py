"""Opportunities, their runs with sessions and places, enrolments and attendance."""

from pathways.models.enrolments import Attendance, Enrolment
from pathways.models.opportunities import Opportunity
from pathways.models.runs import Run, Session

__all__ = ["Attendance", "Enrolment", "Opportunity", "Run", "Session"]
