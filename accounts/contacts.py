"""An e-mail address or a mobile number, as people type it into one field."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from foundation.communications.enums import Channel

REGION = "IT"
REACHED_BY_SMS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def parse(text: str) -> tuple[str, str]:
    """(channel, address): an e-mail in small letters, or a number in E.164. ValidationError with what to mend."""
    text = text.strip()
    if "@" in text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise ValidationError(
                _("This e-mail address is not complete. Write it as in nome@esempio.it."), code="email"
            ) from error
        return Channel.EMAIL, text.lower()
    return Channel.SMS, mobile(text)


def mobile(text: str) -> str:
    """`text` as a mobile number in E.164; an Italian one needs no +39."""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(
            _("Write an e-mail address, or a mobile number such as 333 123 4567."), code="contact"
        ) from error
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(_("This number is not complete or has a digit too many. Check it."), code="number")
    if phonenumbers.number_type(number) not in REACHED_BY_SMS:
        raise ValidationError(_("This is not a mobile number: an SMS would not get there."), code="not_mobile")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def readable(address: str) -> str:
    """The address as one reads it: numbers in groups, mails as they are."""
    if "@" in address:
        return address
    number = phonenumbers.parse(address, REGION)
    form = PhoneNumberFormat.NATIONAL if number.country_code == 39 else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def hidden(address: str) -> str:
    """The address for who has not proved to be its owner: who is, knows it by this much."""
    if "@" in address:
        name, _at, host = address.partition("@")
        return f"{name[:1]}•••@{host[:1]}•••.{host.rpartition('.')[2]}"
    return f"•••• {address[-3:]}"
