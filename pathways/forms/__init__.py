"""What partners and young people fill in."""

from pathways.forms.activities import (
    AttendanceForm,
    CompletionForm,
    EnrolForm,
    OpportunityForm,
    PlacesForm,
    RunForm,
)

__all__ = ["AttendanceForm", "CompletionForm", "EnrolForm", "OpportunityForm", "PlacesForm", "RunForm"]
