"""What this room writes: events, openings of files, seals; and how it lets people's data go."""

from foundation.privacy.actions.erasing import anonymise, erase
from foundation.privacy.actions.faults import note_faults, settle_faults
from foundation.privacy.actions.forecast import Ending, endings
from foundation.privacy.actions.recording import forget_details, note_shown, record, record_access, record_accesses
from foundation.privacy.actions.rekeying import rekey
from foundation.privacy.actions.retention import Due, load_rules, run_retention
from foundation.privacy.actions.sealing import seal

__all__ = [
    "Due",
    "Ending",
    "anonymise",
    "endings",
    "erase",
    "forget_details",
    "load_rules",
    "note_faults",
    "note_shown",
    "record",
    "record_access",
    "record_accesses",
    "rekey",
    "run_retention",
    "seal",
    "settle_faults",
]
