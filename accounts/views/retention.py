"""What is kept for how long, and whose time is over: for the privacy officer, in numbers."""

from dateutil.relativedelta import relativedelta
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.access import OfficerRequired
from foundation.privacy.actions import endings

# By when, as the last part of the address's query: how many months from today.
HORIZONS = {"0": _("Today"), "3": _("In three months"), "12": _("In a year"), "60": _("In five years")}
# Every file of the portal is looked at for it.
SECONDS = 300


class Retention(OfficerRequired, TemplateView):
    """The dry run of the rules: what would go by when. Nothing is changed, nobody is named."""

    template_name = "accounts/retention.html"

    def get_context_data(self, **kwargs):
        months = self.request.GET.get("mesi", "0")
        months = months if months in HORIZONS else "0"
        now = timezone.now()
        on = timezone.localdate(now) + relativedelta(months=int(months))
        rows = cache.get_or_set(f"retention:{on}:{get_language()}", lambda: endings(on=on, now=now), SECONDS)
        horizons = [{"label": label, "url": f"?mesi={key}", "on": key == months} for key, label in HORIZONS.items()]
        return super().get_context_data(endings=rows, on=on, today=months == "0", horizons=horizons, **kwargs)
