"""Messages on an accompanied path: talks, days that come near, papers that expire, whether an outcome lasted."""

from django.utils import timezone

from accounts.queries import reach
from foundation.communications.actions import queue
from migwork.links import absolute_url
from pathways.paths import KINDS
from pathways.queries.paths import check_token


def path_talk_arranged(talk, *, now):
    """Once for each hour that was agreed on."""
    return _tell_of_talk(talk, "path_talk_arranged", f"pathways:path-talk:{talk.pk}:arranged", now)


def path_talk_called_off(talk, *, now):
    return _tell_of_talk(talk, "path_talk_off", f"pathways:path-talk:{talk.pk}:off", now, cause=f"path-off:{talk.pk}")


def path_talk_key(talk) -> str:
    return f"pathways:path-talk:{talk.pk}:tomorrow:{timezone.localdate(talk.at)}"


def path_talk_soon(talk, *, now):
    """The day before."""
    return _tell_of_talk(talk, "path_talk_soon", path_talk_key(talk), now)


def path_step_key(step, occasion) -> str:
    """A new day is a new occasion."""
    return f"pathways:path-step:{step.pk}:{occasion}:{step.expires_on if occasion == 'expires' else step.due_on}"


def path_step_due(step, occasion, *, now):
    """A week before the day, once it is past, and two months before a document expires."""
    return _tell(
        step.path,
        key=path_step_key(step, occasion),
        template=f"path_step_{occasion}",
        context={"step": step},
        cause=f"path-step:{step.pk}",
        topic="plan",
        now=now,
    )


def path_check(check, *, again, now):
    """Whether they are still enrolled, by a link that needs no sign-in."""
    return _tell(
        check.path,
        key=f"pathways:path-check:{check.pk}:{'again' if again else 'first'}",
        template="path_check",
        context={"again": again, "link": absolute_url("pathways:path-check", check_token(check))},
        cause=f"path-check:{check.pk}",
        topic="plan",
        now=now,
    )


def _tell_of_talk(talk, template, key, now, cause=""):
    return _tell(
        talk.path,
        key=key,
        template=template,
        context={"at": timezone.localtime(talk.at), "talk": talk},
        cause=cause or f"path-talk:{talk.pk}",
        topic="appointments",
        now=now,
        before=talk.at,
    )


def _tell(path, *, key, template, context, cause, topic, now, before=None):
    """Whoever has no address is told by who accompanies them."""
    person = path.participation.person
    address = reach(person)
    if address is None:
        return None
    channel, to = address
    return queue(
        key=key,
        channel=channel,
        to=to,
        language=person.language,
        template=f"pathways/messages/{template}",
        context={
            "name": person.called,
            "has_account": person.user_id is not None,
            "page": absolute_url(KINDS[path.kind].page),
            **context,
        },
        now=now,
        about=person.pk,
        cause=cause,
        topic=topic,
        before=before,
    )
