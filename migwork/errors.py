"""What an action may answer instead of doing. Views show the sentence; nothing typed is lost."""

from django.core.exceptions import ValidationError


class NotNow(ValidationError):
    """The step is not possible in the present state: full, closed, already done, wrong state."""
