"""Where the rooms whose documents are signed join in; registered in their AppConfig.ready()."""

from migwork.hooks import Hook

request_closed = Hook(
    """fn(request, now) -> None.

    A SignatureRequest left the state "open": signed, refused, cancelled or expired. In the same transaction.
    The room that asked knows its own by `request.on_type` and `on_id`, and leaves the others alone.
    """
)
signature_withdrawn = Hook(
    """fn(signer, now) -> None.

    Somebody took back what they had signed. In the same transaction; the request stays "signed", for it was.
    """
)
may_handle = Hook(
    """fn(user, request) -> bool.

    Whether `user` may send the links of this request again: the person themselves, their operator, the
    partner. One yes is enough.
    """
)
may_take_paper = Hook(
    """fn(user, request) -> bool.

    Whether `user` may put in a paper that was signed by hand: a member of staff who compared it, never the
    young person whom it is about. One yes is enough.
    """
)
link_made = Hook(
    """fn(signer, link, token, now) -> None.

    A link to sign was made for e-mail or SMS: queue the message that carries it, worded for its occasion, in the same
    transaction. `token` stands in no table and no log: it goes into the message and nowhere else.
    """
)
shown = Hook(
    """fn(request) -> {"title", "template", "context", "signs"} or None.

    What the page for signing shows about the occasion: all the words of the document. Only what every signer
    of this request may know, and no surname: the page is read by whoever holds the link. `title` also
    stands in the list of what else waits for a signer. `signs` where that is not a consent, which one could take
    back: then the page says “I sign”, and who else signs.
    """
)
