"""What providers of mail and SMS tell us."""

import json
from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from foundation.communications import actions


@method_decorator(csrf_exempt, name="dispatch")
class Delivery(View):
    """A provider reports a message: {"reference": …, "delivered": true or false}, with the secret of the settings.

    Without a secret there is no such address. Alike for references that we know and do not know.
    """

    http_method_names = ["post"]

    def post(self, request):
        if not settings.DELIVERY_TOKEN:
            raise Http404
        if not compare_digest(
            request.headers.get("Authorization", "").encode(), f"Bearer {settings.DELIVERY_TOKEN}".encode()
        ):
            return HttpResponseForbidden()
        try:
            said = json.loads(request.body)
            reference, delivered = said["reference"], said["delivered"]
        except (ValueError, KeyError, TypeError):
            return HttpResponseBadRequest()
        if not isinstance(reference, str) or not isinstance(delivered, bool) or "\x00" in reference:
            return HttpResponseBadRequest()
        actions.report_delivery(reference=reference[:200], delivered=delivered, now=timezone.now())
        return HttpResponse(status=204)
