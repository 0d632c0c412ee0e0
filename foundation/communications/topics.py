"""What messages are about: the list from which people choose what they want to read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """One topic. What is `required` cannot be switched off; what is not `digestible` never waits for a digest."""

    code: str
    label: str
    required: bool = False
    digestible: bool = True


_topics: dict[str, Topic] = {}


def register(code: str, label, *, required: bool = False, digestible: bool = True) -> None:
    """`label` (lazily translated) is how people read the topic. Registered in AppConfig.ready()."""
    topic = Topic(code, label, required, digestible)
    if _topics.get(code, topic) != topic:
        raise ValueError(f"The topic {code} is registered already, and otherwise.")
    _topics[code] = topic


def of(code: str) -> Topic | None:
    """The topic `code`; None for one whose room was taken out, or for a message without topic."""
    return _topics.get(code)


def registered() -> list[Topic]:
    """All topics, in the order of registration."""
    return list(_topics.values())
