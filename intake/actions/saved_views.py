"""The views of one's list that an operator keeps."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from intake.models import CaseloadView
from intake.permissions import check_can_receive
from migwork.db import sentence_of
from migwork.errors import NotNow

MOST = 20


@transaction.atomic
def save_view(*, name, query, by, now) -> CaseloadView:
    """Keep these filters under a name, for oneself. By an operator."""
    check_can_receive(by)
    if not name.strip():
        raise NotNow(_("Give the view a name."), code="name")
    if by.caseload_views.count() >= MOST:
        raise NotNow(_("You have twenty views: remove one first."), code="many")
    try:
        with transaction.atomic():
            view = CaseloadView.objects.create(user=by, name=name.strip(), query=query, saved_at=now)
    except IntegrityError as error:
        raise NotNow(sentence_of(error), code="twice") from error
    record(verb="intake.view_saved", by=by, now=now, on=view)
    return view


@transaction.atomic
def remove_view(*, view, by, now) -> None:
    """Remove a view of one's own."""
    check_can_receive(by)
    record(verb="intake.view_removed", by=by, now=now, on=view)
    view.delete()
