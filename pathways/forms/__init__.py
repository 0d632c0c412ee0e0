"""What partners and young people fill in."""

from pathways.forms.activities import (
    CompletionForm,
    EnrolForm,
    OpportunityForm,
    PlacesForm,
)
from pathways.forms.attendance import AttendanceForm, CorrectionForm, TapForm
from pathways.forms.certificates import CertificateEndForm, CertificateRuleForm, CodeForm, HolderForm, TestsForm
from pathways.forms.editorial import ReturnForm
from pathways.forms.heads import HeadsForm
from pathways.forms.imports import Columns, Fault, ImportForm
from pathways.forms.modules import ModuleDatesForm, ModulePathForm
from pathways.forms.sessions import (
    CopyForm,
    DaysForm,
    RepeatForm,
    RoomForm,
    RunForm,
    SessionForm,
    TrainerForm,
    WhoForm,
)
from pathways.forms.synonyms import SynonymsForm
from pathways.forms.translations import TranslationForm

__all__ = [
    "AttendanceForm",
    "CertificateEndForm",
    "CertificateRuleForm",
    "CodeForm",
    "Columns",
    "CompletionForm",
    "CopyForm",
    "CorrectionForm",
    "DaysForm",
    "EnrolForm",
    "Fault",
    "HeadsForm",
    "HolderForm",
    "ImportForm",
    "ModuleDatesForm",
    "ModulePathForm",
    "OpportunityForm",
    "PlacesForm",
    "RepeatForm",
    "ReturnForm",
    "RoomForm",
    "RunForm",
    "SessionForm",
    "SynonymsForm",
    "TapForm",
    "TestsForm",
    "TrainerForm",
    "TranslationForm",
    "WhoForm",
]
