"""Pages of the internships room. They load, ask, call one action, answer."""

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.access import RolesRequired, SignedInRequired, note_opening
from accounts.enums import Role
from foundation.privacy.enums import AccessReason
from foundation.privacy.sentences import sentence_for
from internships import actions, queries
from internships.enums import InternshipState
from internships.forms import HostForm, InternshipForm, StepForm, TutorForm, UnitForm, WeekForm
from internships.models import Host
from internships.pages import board_table, intern_page, promoter_page
from internships.permissions import can_keep_hosts, can_work_on, check_can_work_on

PARTNER = {Role.PARTNER_STAFF, Role.PARTNER_ADMIN}
BOARD = PARTNER | {Role.OPERATOR, Role.COORDINATOR}


def _filters(query) -> queries.Filters:
    state = query.get("stato", "")
    promoter = query.get("ente", "")
    return queries.Filters(
        state=state if state in InternshipState.values else "",
        mine=query.get("miei") == "1",
        name=query.get("nome", "")[:100],
        promoter=int(promoter) if promoter.isdecimal() and len(promoter) < 10 else None,
        after=query.get("dopo", ""),
    )


class Board(RolesRequired, View):
    """All internships one may see: by state, or the list of one state."""

    roles = BOARD

    def get(self, request):
        filters, today = _filters(request.GET), timezone.localdate()
        own = can_keep_hosts(request.user)
        context = {
            "filters": filters,
            "groups": queries.board(request.user, filters, today),
            "promoters": queries.promoters(request.user),
            "is_partner": own,
            "waiting": self.waiting(filters),
        }
        if filters.state:
            context["state"] = InternshipState(filters.state)
            rows, following = queries.page_of_state(request.user, filters, today)
            context["table"] = rows and board_table(rows, own=own)
            context["next_url"] = self.address(filters, dopo=following) if following else ""
            context["all_url"] = self.address(filters, stato="")
        for group in context["groups"]:
            group.url = self.address(filters, stato=group.state)
            group.table = group.rows and board_table(group.rows, own=own)
        context["nothing"] = not any(group.rows for group in context["groups"])
        context["chips"] = self.chips(filters, context["groups"])
        return render(request, "internships/internship_list.html", context)

    def waiting(self, filters):
        """Who waits for an internship stands on top, but not in the way of somebody who searches."""
        if filters != queries.Filters():
            return []
        return queries.waiting_rows(self.request.user)

    def chips(self, filters, groups):
        """One for each state that has somebody, with how many; one tapped again is taken away."""
        chips = [
            {
                "label": f"{group.state.label} ({f'{queries.MANY}+' if group.many else group.count})",
                "url": self.address(filters, stato="" if group.state == filters.state else group.state),
                "on": group.state == filters.state,
            }
            for group in groups
            if group.count or group.state == filters.state
        ]
        mine = {"label": _("Those I follow"), "url": self.address(filters, miei="" if filters.mine else "1")}
        return [{**mine, "on": filters.mine}, *chips]

    @staticmethod
    def address(filters, **changes):
        now = {"stato": filters.state, "miei": "1" if filters.mine else "", "nome": filters.name}
        now["ente"] = filters.promoter or ""
        return "?" + urlencode({key: value for key, value in {**now, **changes}.items() if value})


class InternshipCreate(RolesRequired, View):
    """From an accepted referral: first the host, found by typing; then the rest."""

    roles = PARTNER

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.referral = get_object_or_404(queries.referrals_of(request.user), pk=kwargs["pk"])
        number = request.GET.get("azienda", "")
        self.host = Host.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None

    def get(self, request, **kwargs):
        if self.host:
            return self.page(self.form())
        text = request.GET.get("cerca", "")[:100]
        context = {
            "referral": self.referral,
            "text": text,
            "hosts": queries.find_hosts(text) if text else queries.recent_hosts(self.referral.organisation_id),
            "may_open": queries.can_be_served(self.referral),
        }
        return render(request, "internships/internship_create_host.html", context)

    def post(self, request, **kwargs):
        if not self.host:
            return self.get(request)
        form = self.form(request.POST)
        if form.is_valid():
            try:
                internship = actions.open_internship(
                    referral=self.referral, by=request.user, now=timezone.now(), **form.cleaned_data
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The internship is proposed."))
                return redirect("internships:internship-detail", internship.pk)
        return self.page(form)

    def form(self, data=None):
        action = self.referral.plan_action
        return InternshipForm(
            data,
            host=self.host,
            organisation_id=self.referral.organisation_id,
            user=self.request.user,
            initial={"title": action.title if action else ""},
        )

    def page(self, form):
        context = {"referral": self.referral, "host": self.host, "form": form}
        return render(self.request, "internships/internship_create.html", context)


class InternshipPage(SignedInRequired, View):
    """One internship: the promoter works on it, operators read, the intern reads it in their own words."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.internship = get_object_or_404(queries.whole(kwargs["pk"], request.user))

    def page(self, form=None):
        user, internship = self.request.user, self.internship
        if internship.participation.person.user_id == user.pk:
            return render(self.request, "internships/my_internship.html", intern_page(internship))
        context = promoter_page(internship, may_work=can_work_on(user, internship), form=form)
        return render(self.request, "internships/internship_detail.html", context)


class InternshipDetail(InternshipPage):
    def get(self, request, **kwargs):
        note_opening(request, self.internship.participation.person, why=AccessReason.INTERNSHIP)
        return self.page()


class InternshipStep(InternshipPage):
    """One step of the workflow."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_work_on(request.user, self.internship)

    def post(self, request, **kwargs):
        form = StepForm(request.POST)
        if form.is_valid():
            try:
                actions.move(internship=self.internship, by=request.user, now=timezone.now(), **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
                self.internship.refresh_from_db()
            else:
                messages.success(request, sentence_for(f"internships.{actions.EVENTS[form.cleaned_data['verb']]}"))
                return redirect("internships:internship-detail", self.internship.pk)
        return self.page(form)


class DayCreate(InternshipPage):
    """The register, a week at a time."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_work_on(request.user, self.internship)
        self.today = timezone.localdate()
        day = self.asked_day(request.GET.get("settimana", ""))
        self.monday = day - datetime.timedelta(days=day.weekday())

    def asked_day(self, text):
        """The day named in the address, else today; in any case one of the internship's."""
        try:
            day = datetime.date.fromisoformat(text)
        except ValueError:
            day = self.today
        return max(self.internship.starts_on, min(day, self.internship.ends_on))

    def get(self, request, **kwargs):
        return self.page(self.form())

    def post(self, request, **kwargs):
        form = self.form(request.POST)
        if form.is_valid():
            try:
                changed = actions.record_days(
                    internship=self.internship, hours=form.hours(), by=request.user, now=timezone.now()
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Register saved.") if changed else _("Nothing has changed."))
                return redirect("internships:internship-detail", self.internship.pk)
        return self.page(form)

    def form(self, data=None):
        week = self.internship.days.filter(on__range=(self.monday, self.monday + datetime.timedelta(days=6)))
        recorded = {on: queries.plain(hours) for on, hours in week.values_list("on", "hours")}
        return WeekForm(data, internship=self.internship, monday=self.monday, today=self.today, recorded=recorded)

    def page(self, form):
        here = reverse("internships:day-create", args=[self.internship.pk])
        before, after = self.monday - datetime.timedelta(days=1), self.monday + datetime.timedelta(days=7)
        last = min(self.today, self.internship.ends_on)
        context = {
            "internship": self.internship,
            "person": self.internship.participation.person,
            "form": form,
            "monday": self.monday,
            "sunday": after - datetime.timedelta(days=1),
            "running": self.internship.state == InternshipState.RUNNING,
            "previous_url": f"{here}?settimana={before}" if before >= self.internship.starts_on else "",
            "next_url": f"{here}?settimana={after}" if after <= last else "",
        }
        return render(self.request, "internships/day_create.html", context)


class HostList(RolesRequired, View):
    """The hosts that all partners share."""

    roles = BOARD

    def get(self, request):
        text = request.GET.get("cerca", "")[:100]
        rows, following = queries.host_rows(text, request.GET.get("dopo", "")[:300])
        next_url = "?" + urlencode({"cerca": text, "dopo": following}) if following else ""
        context = {"rows": rows, "text": text, "next_url": next_url, "may_add": can_keep_hosts(request.user)}
        return render(request, "internships/host_list.html", context)


class ForReferral(RolesRequired, View):
    """A page on the way to an internship leads back to it: `?invio=` names the referral."""

    roles = PARTNER

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.referral = None
        if number := request.GET.get("invio"):
            try:
                self.referral = queries.referrals_of(request.user).filter(pk=number).first()
            except ValidationError as error:
                raise Http404 from error

    def onward(self, host):
        if self.referral:
            address = reverse("internships:internship-create", args=[self.referral.pk])
            return HttpResponseRedirect(f"{address}?azienda={host.pk}")
        return redirect("internships:host-detail", host.pk)


class HostCreate(ForReferral):
    """A new host with its first workplace and tutor."""

    def get(self, request):
        return self.page(HostForm(initial={"name": request.GET.get("nome", "")[:200]}))

    def post(self, request):
        form = HostForm(request.POST)
        if form.is_valid():
            try:
                host = actions.save_host(by=request.user, now=timezone.now(), **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The host is entered."))
                return self.onward(host)
        return self.page(form)

    def page(self, form):
        return render(self.request, "internships/host_create.html", {"form": form, "referral": self.referral})


class HostDetail(RolesRequired, View):
    """A host with its workplaces and tutors."""

    roles = BOARD

    def get(self, request, pk):
        host = get_object_or_404(Host.objects.prefetch_related("units", "tutors"), pk=pk)
        return render(request, "internships/host_detail.html", {"host": host, "may_add": can_keep_hosts(request.user)})


class HostPartCreate(ForReferral):
    """Another workplace or another tutor of a host."""

    form_class = None
    title = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.host = get_object_or_404(Host, pk=kwargs["pk"])

    def get(self, request, **kwargs):
        return self.page(self.form_class())

    def post(self, request, **kwargs):
        form = self.form_class(request.POST)
        if form.is_valid():
            try:
                self.add(form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return self.onward(self.host)
        return self.page(form)

    def page(self, form):
        context = {"form": form, "host": self.host, "title": self.title, "referral": self.referral}
        return render(self.request, "internships/host_part_create.html", context)


class UnitCreate(HostPartCreate):
    form_class = UnitForm
    title = gettext_lazy("New workplace")

    def add(self, data):
        actions.add_unit(host=self.host, by=self.request.user, now=timezone.now(), **data)


class TutorCreate(HostPartCreate):
    form_class = TutorForm
    title = gettext_lazy("New tutor")

    def add(self, data):
        actions.add_tutor(
            host=self.host,
            name=data["tutor_name"],
            email=data["tutor_email"],
            phone=data["tutor_phone"],
            by=self.request.user,
            now=timezone.now(),
        )
