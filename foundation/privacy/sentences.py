"""What an event's verb reads like, in the reader's language. Each room registers its own in AppConfig.ready()."""

_sentences: dict[str, str] = {}


def register(verb: str, sentence) -> None:
    """`sentence` (lazily translated) is how timeline and audit trail say `verb`, such as "intake.plan_agreed"."""
    if _sentences.get(verb, sentence) != sentence:
        raise ValueError(f"The verb {verb} has a sentence already.")
    _sentences[verb] = sentence


def sentence_for(verb: str) -> str:
    """The sentence of `verb`; the verb itself when a room that was taken out left events behind."""
    return str(_sentences.get(verb, verb))


def registered() -> frozenset[str]:
    """All verbs that have a sentence."""
    return frozenset(_sentences)
