"""What partners and young people fill in."""

from pathways.forms.activities import (
    AttendanceForm,
    CompletionForm,
    EnrolForm,
    OpportunityForm,
    PlacesForm,
    RunForm,
)
from pathways.forms.certificates import CertificateEndForm, CertificateRuleForm, CodeForm, HolderForm, TestsForm

__all__ = [
    "AttendanceForm",
    "CertificateEndForm",
    "CertificateRuleForm",
    "CodeForm",
    "CompletionForm",
    "EnrolForm",
    "HolderForm",
    "OpportunityForm",
    "PlacesForm",
    "RunForm",
    "TestsForm",
]
