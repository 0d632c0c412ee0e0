"""The words in which the portal says what it keeps, why, and for how long."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FieldKind(TextChoices):
    """What sort of datum a field holds."""

    IDENTITY = "identity", _("Who you are")
    CONTACT = "contact", _("How to reach you")
    ORDINARY = "ordinary", _("Your way through the service")
    SPECIAL = "special", _("Data that need special care")
    FREE_TEXT = "free_text", _("What was written in talks")
    TECHNICAL = "technical", _("What the portal needs to work")
    STAFF = "staff", _("Who worked on it")
    PUBLIC = "public", _("What everybody may know")


class Basis(TextChoices):
    """The article of the GDPR on which a field is kept."""

    TASK = "6(1)(e)", _("A task in the public interest")
    CONSENT = "6(1)(a)", _("Your consent")
    LAW = "6(1)(c)", _("A duty by law")
    SUBSTANTIAL = "9(2)(g)", _("A substantial public interest laid down by law")
    NONE = "none", _("No personal data")


class Erase(TextChoices):
    """What becomes of a field when the person is made anonymous."""

    BLANK = "blank", _("Emptied")
    COARSEN = "coarsen", _("Made less precise")
    KEEP = "keep", _("Kept: it counts and points to nobody")
    DELETE_ROW = "delete_row", _("Deleted with its whole row")
    DETACH = "detach", _("Cut off from the person")


class AccessReason(TextChoices):
    """Why somebody may open the file of a person."""

    FOLLOWS = "follows", _("Follows this person")
    DESK = "desk", _("Works at the desk")
    APPOINTMENT = "appointment", _("Has an appointment with them")
    REFERRAL = "referral", _("They were referred to this organisation")
    ENROLMENT = "enrolment", _("They take part in an activity")
    INTERNSHIP = "internship", _("They do an internship")
    APPLICATION = "application", _("They applied to this organisation")
    COUNTING = "counting", _("Checks how figures were counted")
    REQUEST = "request", _("Answers their request about their data")
    SPECIAL = "special", _("Reads data that need special care")


class Audience(TextChoices):
    """For whom a privacy notice is written."""

    ADULT = "adult", _("Adults")
    MINOR = "minor", _("Minors")
    REPRESENTATIVE = "representative", _("Parents and guardians")


class RetentionStep(TextChoices):
    """What a run of a retention rule does, or would do, about somebody."""

    WARN = "warn", _("Told now that their data end")
    WARNED = "warned", _("Told; waits for the day")
    ANONYMISE = "anonymise", _("Made anonymous")
    HELD = "held", _("Held up")
    UNKNOWN = "unknown", _("The start of the term is not known yet")
    DELETE = "delete", _("Deleted")


class RetentionStart(TextChoices):
    """From when the term of a retention rule runs."""

    LAST_CONTACT = "last_contact", _("The last contact, nothing else having followed")
    FINAL_PAYMENT = "final_payment", _("The final payment of the edition")
    WRITTEN = "written", _("The day it was written")
