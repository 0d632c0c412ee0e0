"""A class registers: by a QR code, by a page of twenty-five lines, or both; the signed sheet is kept."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from foundation.files import serving
from intake import actions
from intake.forms import EntryForm, EntryRows, GroupForm, PresenceForm, TieForm
from intake.models import Group, GroupEntry
from intake.queries import agenda, groups
from intake.views.base import OperatorRequired, addresses
from migwork.acting import ActingForm
from migwork.attempts import attempt
from migwork.by_link import ByLink
from migwork.links import absolute_url
from migwork.qr import qr_code


class GroupList(OperatorRequired, ActingForm):
    """The groups of my desk, and a new one."""

    template_name = "intake/group_list.html"
    form_class = GroupForm
    beside = {"name": "name"}

    def get_initial(self):
        return {"on": timezone.localdate()}

    def get_context_data(self, **kwargs):
        rows, page = groups.groups_of(self.request.user), addresses("group-detail")
        for row in rows:
            row.url = page(row.pk)
        return super().get_context_data(rows=rows, **kwargs)

    def act(self, data):
        office = agenda.office_of(self.request.user)
        if office is None:
            raise PermissionDenied
        self.group = actions.create_group(organisation=office, **data, by=self.request.user, now=timezone.now())

    def get_success_url(self):
        return reverse("intake:group-detail", args=[self.group.pk])


class OfGroup(OperatorRequired):
    """A page about one group, by its key."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        rows = Group.objects.visible_to(request.user).select_related("organisation", "sheet")
        self.group = get_object_or_404(rows, pk=kwargs["pk"])

    def page(self):
        return reverse("intake:group-detail", args=[self.group.pk])

    def get_success_url(self):
        return self.page()

    def get_context_data(self, **kwargs):
        return super().get_context_data(group=self.group, page_url=self.page(), **kwargs)


def join_address(group) -> str:
    """Where each enters their own name."""
    return absolute_url("intake:group-join", group.code)


class GroupDetail(OfGroup, TemplateView):
    """The code, the list that fills, who is registered, how many were there."""

    template_name = "intake/group_detail.html"

    def get_context_data(self, **kwargs):
        listed, file_of = groups.list_of(self.group), addresses("person-file")
        drop = addresses("group-drop")
        for row in listed.waiting:
            row.drop_url = drop(row.pk)
        for way in listed.registered:
            way.url = file_of(way.pk)
        address = join_address(self.group)
        return super().get_context_data(
            listed=listed,
            address=address,
            code=qr_code(address),
            is_open=self.now < self.group.open_until,
            form=PresenceForm(initial={"heads": self.group.heads}),
            **kwargs,
        )


class GroupPrint(OfGroup, TemplateView):
    """On paper: the code, and lines to sign."""

    template_name = "intake/group_print.html"

    def get_context_data(self, **kwargs):
        address = join_address(self.group)
        return super().get_context_data(address=address, code=qr_code(address), lines=range(1, 26), **kwargs)


class GroupEnter(OfGroup, TemplateView):
    """Twenty-five people on one page."""

    template_name = "intake/group_enter.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"rows": EntryRows(), "tie": TieForm()} | kwargs)

    def post(self, request, *args, **kwargs):
        rows, tie = EntryRows(request.POST), TieForm(request.POST)
        valid = rows.is_valid() and tie.is_valid()
        filled = [row.cleaned_data for row in rows if row.has_changed()] if valid else []
        if not valid or not self.enter([{**data, **tie.cleaned_data} for data in filled]):
            return self.render_to_response(self.get_context_data(rows=rows, tie=tie))
        return HttpResponseRedirect(self.page())

    def enter(self, rows) -> bool:
        if not rows:
            messages.error(self.request, _("Fill in at least one line."))
            return False
        added = []
        if not attempt(
            self.request,
            lambda: added.append(actions.add_to_group(group=self.group, rows=rows, by=self.request.user, now=self.now)),
        ):
            return False
        said = ngettext("%(n)s person on the list.", "%(n)s people on the list.", added[0]) % {"n": added[0]}
        messages.success(self.request, said)
        if added[0] < len(rows):
            messages.info(self.request, _("Who was on it already was left out."))
        return True


class GroupRegister(OfGroup, View):
    """Register who waits on the list."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        chosen = {
            name.removeprefix("same-"): value
            for name, value in request.POST.items()
            if name.startswith("same-") and value
        }
        # Only who is alike, as the page showed them: a key that was made up is a new person.
        alike = {str(row.pk): row.known for row in groups.list_of(self.group).waiting if row.known}
        same = {key: alike[key] for key, value in chosen.items() if key in alike and value == str(alike[key].pk)}
        done = []
        if attempt(
            request,
            lambda: done.append(actions.register_group(group=self.group, same=same, by=request.user, now=self.now)),
        ):
            number, left = done[0]
            said = ngettext("%(n)s person registered.", "%(n)s people registered.", number) % {"n": number}
            messages.success(request, said)
            for sentence in left:
                messages.warning(request, sentence)
        return HttpResponseRedirect(self.page())


class GroupPresence(OfGroup, ActingForm):
    """How many were there, and the sheet they signed."""

    template_name = "intake/group_presence.html"
    form_class = PresenceForm
    done = _("Noted.")

    def get_initial(self):
        return {"heads": self.group.heads}

    def act(self, data):
        actions.note_presence(group=self.group, **data, by=self.request.user, now=self.now)


class GroupSheet(OfGroup, View):
    """The signed sheet as it was scanned."""

    def get(self, request, pk):
        if self.group.sheet is None:
            raise Http404
        return serving.response(self.group.sheet)


class GroupDrop(OperatorRequired, View):
    """Take somebody off the list."""

    http_method_names = ["post"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = GroupEntry.objects.filter(group__in=Group.objects.visible_to(request.user))
        self.entry = get_object_or_404(rows.select_related("group"), pk=kwargs["pk"])

    def post(self, request, pk):
        attempt(
            request,
            lambda: actions.drop_from_group(entry=self.entry, by=request.user, now=timezone.now()),
            _("Taken off the list."),
        )
        return HttpResponseRedirect(reverse("intake:group-detail", args=[self.entry.group_id]))


class GroupJoin(ByLink, ActingForm):
    """Everybody with the code: one's own name on the list. Nothing tells who is on it."""

    limited_as = "group_join"

    template_name = "intake/group_join.html"
    form_class = EntryForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.group = groups.group_of_code(kwargs["code"])
        if self.group is None:
            raise Http404

    def limit_key(self):
        return str(self.group.pk)

    def act(self, data):
        actions.add_to_group(group=self.group, rows=[data], now=self.now)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            group=self.group,
            is_open=self.now < self.group.open_until,
            done="fatto" in self.request.GET,
            **kwargs,
        )

    def get_success_url(self):
        return self.request.path + "?fatto=1"
