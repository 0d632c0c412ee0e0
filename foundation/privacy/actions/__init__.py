"""What this room writes: events, openings of files, seals."""

from foundation.privacy.actions.recording import forget_details, note_shown, record, record_access, record_accesses
from foundation.privacy.actions.sealing import seal

__all__ = ["forget_details", "note_shown", "record", "record_access", "record_accesses", "seal"]
