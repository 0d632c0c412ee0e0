"""Where the rooms whose documents are signed join in; registered in their AppConfig.ready()."""

from migwork.hooks import Hook

request_closed = Hook(
    """fn(request, now) -> None.

    A SignatureRequest left the state "open": signed, refused, cancelled or expired. In the same transaction.
    The room that asked knows its own by `request.on_type` and `on_id`, and leaves the others alone.
    """
)
may_handle = Hook(
    """fn(user, request) -> bool.

    Whether `user` may send the links of this request again or put in a signed paper: the person themselves,
    their operator, the partner. One yes is enough.
    """
)
link_made = Hook(
    """fn(signer, link, token, now) -> None.

    A link to sign was made for e-mail or SMS: queue the message that carries it, worded for its occasion, in the same
    transaction. `token` stands in no table and no log: it goes into the message and nowhere else.
    """
)
shown = Hook(
    """fn(request) -> {"title", "template", "context"} or None.

    What the page for signing shows about the occasion, above the document. Only what every signer of
    this request may know: the page is read by whoever holds the link.
    """
)
