"""Whose page it is: a young person's phone keeps one of theirs for where there is no network (assets/scripts/sw.js)."""

from django.utils.crypto import salted_hmac


def copy_for(user) -> str:
    """A mark of one young person's account that says nothing to anybody else; "" for whoever keeps no copy."""
    if not user.is_authenticated or user.person is None:
        return ""
    return salted_hmac("portal.copy", str(user.pk)).hexdigest()[:32]


def forget_copy(sender, request, user, **kwargs):
    """A young person signed out, or their session ended: with the answer their phone forgets what it keeps."""
    if user is not None and user.person is not None:
        request.forgets_copy = True


class SayWhoseCopy:
    """On each answer a header with the mark of who asked: what a phone keeps for another one goes.

    Phones are shared. On signing out the browser throws away all that it stored for the portal, even where
    the service worker is not at work.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.copy_for = lambda: copy_for(request.user)
        response = self.get_response(request)
        response["Copy-For"] = copy_for(request.user)
        if getattr(request, "forgets_copy", False):
            response["Clear-Site-Data"] = '"storage"'
        return response
