"""The board of internships."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import RolesRequired
from internships import queries
from internships.enums import InternshipState
from internships.pages import board_table
from internships.permissions import can_keep_hosts
from internships.views.roles import BOARD


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
