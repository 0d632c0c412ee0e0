"""Of a path of modules: one message for all the places one has got."""

from accounts.queries import reach
from foundation.communications.actions import queue
from migwork.links import absolute_url


def modules_enrolled(path, enrolments, *, now):
    """Which modules, from when and where; nobody is told by a message for each."""
    person = enrolments[0].participation.person
    address = reach(person)
    if address is None:
        return
    channel, to = address
    queue(
        key=f"pathways:modules:{path.pk}:{enrolments[0].pk}",
        channel=channel,
        to=to,
        language=person.language,
        template="pathways/messages/modules_enrolled",
        context={
            "name": person.called,
            "title": path.title,
            "modules": [
                {
                    "title": enrolment.run.opportunity.title,
                    "starts_on": enrolment.run.starts_on,
                    "place": enrolment.run.opportunity.place,
                }
                for enrolment in enrolments
            ],
            "has_account": person.user_id is not None,
            "url": absolute_url("pathways:module-path", path.slug),
        },
        now=now,
        about=person.pk,
        cause=f"enrolment:{enrolments[0].pk}",
        topic="enrolments",
    )
