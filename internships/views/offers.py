"""A partner's offers of internships: written, changed, and who applied."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from accounts.access import RolesRequired
from accounts.enums import Role
from internships import actions, queries
from internships.enums import ApplicationState as S
from internships.enums import TurnedDown
from internships.forms.applications import TurnDownForm
from internships.forms.offers import OfferForm
from internships.models import Host, Offer
from internships.permissions import can_write_offers, check_can_write_offers
from internships.queries import applications
from internships.queries.offers import offer_places, rates_of
from internships.standing import KINDS
from internships.views.roles import PARTNER
from migwork.attempts import attempt
from pathways.queries.workspace import steps_for
from programme.queries import receiving_edition

DATES = {"starts_on": "starts_on", "ends_on": "ends_on", "apply_by": "enrol_by", "places": "places"}


class OfferList(RolesRequired, View):
    """The offers one looks after: what waits for an answer first."""

    roles = PARTNER | {Role.COORDINATOR}

    def get(self, request):
        is_open = request.GET.get("chiuse") != "1"
        offers = applications.offers_of(request.user, is_open=is_open)
        context = {
            "offers": sorted(offers, key=lambda row: -row.unanswered),
            "is_open": is_open,
            "may_write": bool(request.user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)),
        }
        return render(request, "internships/offer_list.html", context)


class OfferWriting:
    """The form of an offer at one host."""

    offer = None

    @cached_property
    def workplaces(self):
        """Those of the host, each with how many places an offer may have."""
        return list(offer_places(self.host, timezone.localdate(), besides=self.offer).values())

    def form(self, data=None):
        initial = {}
        if self.offer is not None:
            initial = {name: getattr(self.offer, name) for name in ("kind", "weekly_hours", "allowance")}
            initial |= {name: getattr(self.offer.run, own) for name, own in DATES.items()}
            initial |= {name: getattr(self.offer, name) for name in ("unit", "host_tutor", "answered_by")}
        return OfferForm(
            data,
            instance=self.offer.opportunity if self.offer else None,
            initial=initial,
            host=self.host,
            units=[row.places.unit for row in self.workplaces],
            organisation_id=self.organisation.pk,
            user=self.request.user,
        )

    def post(self, request, **kwargs):
        form = self.form(request.POST)
        if form.is_valid():
            try:
                offer = self.save(form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Saved."))
                return redirect("internships:offer-detail", offer.pk)
        return self.page(form)

    def page(self, form):
        context = {
            "form": form,
            "host": self.host,
            "organisation": self.organisation,
            "offer": self.offer,
            "workplaces": self.workplaces,
        }
        return render(self.request, "internships/offer_form.html", context)


class OfferCreate(RolesRequired, OfferWriting, View):
    """First the host, found by typing; then the offer."""

    roles = PARTNER

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.own = list(request.user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))
        chosen, number = request.GET.get("ente", ""), request.GET.get("azienda", "")
        organisations = applications.organisations(self.own)
        self.organisation = next((row for row in organisations if str(row.pk) == chosen), None) or next(
            iter(organisations), None
        )
        self.organisations = organisations
        self.host = Host.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None

    def get(self, request):
        if self.host and self.organisation:
            return self.page(self.form())
        text = request.GET.get("cerca", "")[:100]
        recent = queries.recent_hosts(self.organisation.pk) if self.organisation else []
        context = {
            "text": text,
            "hosts": queries.find_hosts(text) if text else recent,
            "organisation": self.organisation,
            "organisations": self.organisations,
        }
        return render(request, "internships/offer_create_host.html", context)

    def post(self, request):
        return super().post(request) if self.host and self.organisation else self.get(request)

    def save(self, data):
        edition = receiving_edition(timezone.localdate())
        known = {"edition": edition, "organisation": self.organisation, "by": self.request.user}
        return actions.save_offer(**known, now=timezone.now(), **data)


class OfferPage(RolesRequired, View):
    """One offer of one's own organisation."""

    roles = PARTNER | {Role.COORDINATOR}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.offer = get_object_or_404(Offer.objects.of_staff(request.user).whole(), pk=kwargs["pk"])
        self.organisation, self.host = self.offer.opportunity.organisation, self.offer.unit.host


class OfferEdit(OfferWriting, OfferPage):
    """Change an offer: it shows at once."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_write_offers(request.user, self.organisation.pk)

    def get(self, request, **kwargs):
        return self.page(self.form())

    def save(self, data):
        return actions.save_offer(offer=self.offer, by=self.request.user, now=timezone.now(), **data)


class OfferDetail(OfferPage):
    """Who applied, by state; several can be answered at once."""

    def get(self, request, **kwargs):
        return self.page(TurnDownForm())

    def page(self, form):
        user, offer = self.request.user, self.offer
        counts = applications.counts(offer)
        state = self.request.GET.get("stato", "")
        state = state if state in counts else ""
        may_choose = can_write_offers(user, self.organisation.pk)
        rows = applications.applicants(offer, state) if may_choose else []
        for row in rows:
            row.kind = KINDS[row.state]
        here = reverse("internships:offer-detail", args=[offer.pk])
        chips = [
            {
                "label": f"{S(code).label} ({n})",
                "url": here if code == state else f"{here}?stato={code}",
                "on": code == state,
            }
            for code, n in sorted(counts.items(), key=lambda pair: applications.ORDER.index(pair[0]))
        ]
        context = {
            "offer": offer,
            "opportunity": offer.opportunity,
            "rows": rows,
            "total": sum(counts.values()),
            "waiting": sum(counts.get(code, 0) for code in (S.SENT, S.SHORTLISTED, S.INVITED)),
            "chips": chips if len(counts) > 1 else [],
            "may_choose": may_choose,
            "steps": steps_for(user, offer.opportunity),
            "rates": rates_of(offer, timezone.now()),
            "form": form,
        }
        return render(self.request, "internships/offer_detail.html", context)


class OfferChoose(OfferDetail):
    """Several at once: onto the shortlist, or not this time with one reason."""

    http_method_names = ["post"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_write_offers(request.user, self.organisation.pk)

    def post(self, request, **kwargs):
        wanted = set(request.POST.getlist("application"))
        chosen = [row for row in applications.applicants(self.offer) if str(row.pk) in wanted and row.is_waiting]
        if not chosen:
            messages.warning(request, _("Tick at least one person who is waiting."))
        elif "shortlist" in request.POST:
            self.do(lambda: actions.shortlist_all(applications=chosen, by=request.user, now=timezone.now()))
        else:
            form = TurnDownForm(request.POST)
            if not form.is_valid():
                return self.page(form)
            reason = TurnedDown(form.cleaned_data["reason"])
            self.do(lambda: actions.turn_down(applications=chosen, reason=reason, by=request.user, now=timezone.now()))
        return redirect("internships:offer-detail", self.offer.pk)

    def do(self, act):
        done = []
        if attempt(self.request, lambda: done.append(act())):
            told = ngettext("%(n)s person is told.", "%(n)s people are told.", done[0]) % {"n": done[0]}
            messages.success(self.request, told)
