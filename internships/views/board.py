"""The board of internships, and its list as a file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import RolesRequired, note_opening
from foundation.privacy.enums import AccessReason
from internships import queries
from internships.actions import Together
from internships.enums import InternshipKind, InternshipState, Need
from internships.forms.board import WITHIN, filters_of, pairs_of
from internships.permissions import can_keep_hosts, can_keep_templates
from internships.showing.board import board_table, file_columns, file_rows, options
from internships.views.roles import BOARD
from migwork.sheets import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx

# A file holds so many at most: more is refused, never cut.
MOST_IN_FILE = 2000


def address(filters, **changes) -> str:
    """The board with these filters."""
    return "?" + urlencode(pairs_of(filters, **changes))


class Board(RolesRequired, View):
    """All internships one may see: by state with the first of each, or one list to work on."""

    roles = BOARD

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.filters, self.today = filters_of(request.GET), timezone.localdate()

    def get(self, request):
        filters, user = self.filters, request.user
        own = can_keep_hosts(user)
        groups = queries.groups_of(user, filters, self.today)
        context = {
            "filters": filters,
            "groups": groups,
            "promoters": queries.promoters(user),
            "is_partner": own,
            "may_keep_templates": can_keep_templates(user),
            "chips": self.chips(groups),
            "chosen": self.chosen(),
            "kept": pairs_of(filters, name="", promoter=None, need="", kind="", within=None),
            "selects": self.selects(),
            "file_query": urlencode(pairs_of(filters)),
        }
        more = self.as_list(own) if filters.is_list else self.as_board(groups, own)
        return render(request, "internships/internship_list.html", {**context, **more})

    def as_board(self, groups, own) -> dict:
        for group in groups:
            if group.rows:
                group.url = address(self.filters, state=group.state.value)
                group.table = board_table(group.rows, own=own)
        found = {"nothing": not any(group.rows for group in groups), "list_url": address(self.filters, listed=True)}
        if not self.filters.is_any:
            # Who waits and what needs a hand stands on top, but not in the way of somebody who searches.
            found["waiting"] = queries.waiting_rows(self.request.user)
            found["needs"] = [
                (need.label, count, count > queries.MANY, address(self.filters, need=need.value))
                for need, count in queries.needs_of(self.request.user, self.today).items()
            ]
        return found

    def as_list(self, own) -> dict:
        filters = self.filters
        rows, following = queries.page_of_list(self.request.user, filters, self.today)
        title = InternshipState(filters.state).label if filters.state else ""
        if filters.need:
            title = f"{title} · {Need(filters.need).label}" if title else Need(filters.need).label
        return {
            "list_title": title or (_("Those that end") if filters.within else _("Those that go on")),
            "table": rows and board_table(rows, own=own, mixed=not filters.state, choose=own),
            "next_url": f"{address(filters)}&dopo={following}" if following else "",
            "hidden": pairs_of(filters),
            "acts": Together.choices if own else [],
        }

    def chips(self, groups) -> list[dict]:
        """One for each state that has somebody, with how many; one tapped again is taken away."""
        filters = self.filters
        chips = [
            {
                "label": f"{group.state.label} ({f'{queries.MANY}+' if group.many else group.count})",
                "url": address(filters, state="" if group.state == filters.state else group.state.value),
                "on": group.state == filters.state,
            }
            for group in groups
            if group.count or group.state == filters.state
        ]
        mine = {"label": _("Those I follow"), "url": address(filters, mine=not filters.mine), "on": filters.mine}
        return [mine, *chips]

    def chosen(self) -> list[dict]:
        """What is on beside the states: each is taken away by a tap."""
        filters, names = self.filters, queries.names_of(self.request.user, self.filters)
        words = {
            "need": filters.need and Need(filters.need).label,
            "kind": filters.kind and InternshipKind(filters.kind).label,
            "within": filters.within and _("Ends within %(time)s") % {"time": WITHIN[filters.within]},
            **names,
        }
        return [
            {"label": label, "url": address(filters, **{name: None}), "on": True}
            for name, label in words.items()
            if label
        ]

    def selects(self) -> list[tuple]:
        """The filters that are chosen from a list: (name, label, options)."""
        filters, language = self.filters, get_language()
        return [
            ("serve", _("What is needed"), options(Need, filters.need, language)),
            ("entro", _("Ends within"), options(tuple(WITHIN.items()), filters.within, language)),
            ("tipo", _("Kind"), options(InternshipKind, filters.kind, language)),
        ]


class BoardFile(RolesRequired, View):
    """The list that was asked for, as a file; each of its people is shown that it was taken."""

    roles = BOARD
    http_method_names = ["get", "head"]

    def get(self, request, kind):
        if kind not in ("csv", "xlsx"):
            raise Http404
        filters, today = filters_of(request.GET), timezone.localdate()
        found = list(queries.for_file(request.user, filters, today)[: MOST_IN_FILE + 1])
        if len(found) > MOST_IN_FILE:
            messages.error(request, _("More than 2,000 internships: choose a filter, then take the file."))
            return redirect(f"{reverse('internships:board')}{address(filters)}")
        rows = {row.pk: row for row in queries.rows_of(queries.among(request.user, found), today)}
        note_opening(request, *{row.participation.person_id for row in found}, why=AccessReason.INTERNSHIP)
        columns, lines = file_columns(), file_rows(found, rows)
        made = as_csv(columns, lines) if kind == "csv" else as_xlsx(_("Internships"), columns, lines)
        name = f"tirocini-{today.isoformat()}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(made, content_type=CSV_TYPE if kind == "csv" else XLSX_TYPE, headers=headers)
