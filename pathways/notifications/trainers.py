"""What trainers with an account are told; the others hear it from their organisation."""

from accounts.models import User
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from migwork.links import absolute_url


def sessions_changed_for_trainers(run, changes, last_at, *, but, now):
    """The same sum of changes as for whoever takes part. `but`: who made them, and knows."""
    users = User.objects.filter(pk__in=run.trainers().values("user"), is_active=True, email__isnull=False)
    for user in users.exclude(pk__in=but).order_by("pk"):
        queue(
            key=f"pathways:sessions_changed:{run.pk}:{user.pk}:{last_at.isoformat()}",
            channel=Channel.EMAIL,
            to=user.email,
            language=user.language,
            template="pathways/messages/sessions_changed_for_trainers",
            context={
                "title": run.opportunity.title,
                "changes": changes,
                "url": absolute_url("pathways:run-detail", run.pk),
            },
            now=now,
            cause=f"run:{run.pk}",
        )
