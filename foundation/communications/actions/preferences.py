"""How people want to be written to, and where writing would be dangerous."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.communications import topics
from foundation.communications.enums import MessageState
from foundation.communications.models import OutgoingMessage, Preference
from foundation.privacy.actions import record

# What people choose themselves.
CHOSEN = ("channel", "quiet_from", "quiet_to", "digest", "off")


def _locked(about, now) -> Preference:
    Preference.objects.get_or_create(about=about, defaults={"changed_at": now})
    return Preference.objects.select_for_update().get(about=about)


def _save(preference, changed, by, now) -> None:
    preference.changed_at = now
    preference.full_clean(validate_unique=False)
    preference.save(update_fields=[*changed, "changed_at"])
    record(
        verb="communications.preferences_saved", by=by, now=now, on=preference, about=preference.about, fields=changed
    )


@transaction.atomic
def save_preferences(*, about, by, now: datetime, **values) -> Preference:
    """Keep what somebody chose: channel, quiet hours, how often, topics that are off. By the person themselves.

    Whoever calls this has checked that `by` is that person. What waited for a digest that is no more
    wanted leaves by itself with the next round of digests.
    """
    preference = _locked(getattr(about, "pk", about), now)
    if required := [code for code in values.get("off", ()) if (topic := topics.of(code)) is None or topic.required]:
        raise ValidationError(
            _("This cannot be switched off: %(topics)s."),
            params={"topics": ", ".join(str(t.label) if (t := topics.of(code)) else code for code in required)},
        )
    changed = [name for name in CHOSEN if name in values and getattr(preference, name) != values[name]]
    for name in changed:
        setattr(preference, name, values[name])
    if changed:
        _save(preference, changed, by, now)
    return preference


@transaction.atomic
def close_channels(*, about, closed, only_to: str = "", by, now: datetime) -> Preference:
    """Close ways that are dangerous for somebody, or open them again (`closed` empty, `only_to` "").

    By an operator's action, which has checked the right. `only_to` is the one address that may be used.
    What waits for another address is kept back at once.
    """
    preference = _locked(getattr(about, "pk", about), now)
    preference.closed, preference.only_to = sorted(closed), only_to
    if preference.channel in preference.closed:
        preference.channel = ""
    _save(preference, ["closed", "only_to", "channel"], by, now)
    waiting = OutgoingMessage.objects.filter(about=preference.about, state=MessageState.QUEUED)
    dangerous = waiting.filter(channel__in=preference.closed)
    if only_to:
        dangerous |= waiting.exclude(to=only_to)
    dangerous.update(state=MessageState.CANCELLED)
    return preference
