"""The words of signing."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Assurance(IntegerChoices):
    """How sure it is who signed. Which reaches which: workflow.suffices()."""

    LINK = 10, _("Link only")
    CHECKED = 20, _("Link and code, identity checked by staff")
    EID = 30, _("SPID or CIE")
    DIGITAL = 40, _("Digital signature, checked by staff")
    PAPER = 50, _("On paper, before staff or compared by staff")


class SignatureState(TextChoices):
    OPEN = "open", _("Waiting for signatures")
    SIGNED = "signed", _("Signed by all who had to")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Called off")
    EXPIRED = "expired", _("Ran out unsigned")


class SignerState(TextChoices):
    WAITING = "waiting", _("Has not signed yet")
    SIGNED = "signed", _("Signed")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("No longer needed")


class SignerRole(TextChoices):
    """As what somebody signs."""

    PERSON = "person", _("Young person")
    REPRESENTATIVE = "representative", _("Parent or guardian")
    HOST = "host", _("Host company")
    PROMOTER = "promoter", _("Promoting organisation")
    OPERATOR = "operator", _("Operator")
    TUTOR = "tutor", _("Tutor")
    SCHOOL = "school", _("School")


class ContactSource(TextChoices):
    """Who gave an address. What a minor typed for their parent proves nothing."""

    STAFF = "staff", _("Taken down by staff")
    SIGNER = "signer", _("Given by themselves")
    MINOR = "minor", _("Given by the minor")


class LinkChannel(TextChoices):
    """How a link to sign reaches the signer."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")
    LETTER = "letter", _("Letter")
    HAND = "hand", _("Handed over")
