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
from pathways.forms.editorial import ReturnForm
from pathways.forms.imports import Columns, Fault, ImportForm

__all__ = [
    "AttendanceForm",
    "CertificateEndForm",
    "CertificateRuleForm",
    "CodeForm",
    "Columns",
    "CompletionForm",
    "EnrolForm",
    "Fault",
    "HolderForm",
    "ImportForm",
    "OpportunityForm",
    "PlacesForm",
    "ReturnForm",
    "RunForm",
    "TestsForm",
]
