"""Opportunities, their runs with sessions and places, enrolments and attendance."""

from pathways.models.certificates import Certificate, CertificateBatch, CertificateRule, FinalTest
from pathways.models.enrolments import Attendance, Enrolment
from pathways.models.opportunities import Opportunity
from pathways.models.runs import Run, Session

__all__ = [
    "Attendance",
    "Certificate",
    "CertificateBatch",
    "CertificateRule",
    "Enrolment",
    "FinalTest",
    "Opportunity",
    "Run",
    "Session",
]
