"""How much each tutor has, and who has room."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import RolesRequired
from internships.queries import loads as queries
from internships.views.roles import BOARD
from migwork.tables import Figures, link, table
from migwork.templatetags.ui import status


class TutorLoads(RolesRequired, View):
    """Our tutors, or those of the hosts where we have interns: how many they follow, of how many they may."""

    roles = BOARD
    http_method_names = ["get", "head"]

    def get(self, request):
        at_host = request.GET.get("di") == "aziende"
        asked = request.GET.get("pagina", "")
        page = max(1, int(asked)) if asked.isdecimal() and asked.isascii() and len(asked) < 5 else 1
        read = queries.host_tutors if at_host else queries.our_tutors
        rows, more = read(request.user, timezone.localdate(), page)
        here = "?di=aziende&" if at_host else "?"
        context = {
            "at_host": at_host,
            "rows": rows,
            "table": rows and _table(rows, at_host),
            "limits": list({row.rule.code: row.rule for row in rows if row.rule}.values()),
            "free": sum(1 for row in rows if row.free),
            "previous_url": f"{here}pagina={page - 1}" if page > 1 else "",
            "next_url": f"{here}pagina={page + 1}" if more else "",
        }
        return render(request, "internships/tutor_loads.html", context)


def _table(rows, at_host):
    """Each with their interns, and how many more they may take."""
    board = reverse("internships:board")
    host = _("Host") if at_host else _("Promoter")
    cells = [
        (
            _name(row) if at_host else link(f"{board}?tutor={row.pk}", row.name),
            link(reverse("internships:host-detail", args=[row.where.pk]), row.where.name) if at_host else row.where,
            row.now,
            row.coming,
            row.now + row.coming if row.most is None else _of(row),
            _room(row),
        )
        for row in rows
    ]
    columns = (_("Tutor"), host, Figures(_("At work now")), Figures(_("To begin")), Figures(_("Together, of")))
    return table("", [*columns, _("Free places")], cells, kind="table-even")


def _name(row):
    if not row.of_course:
        return row.name
    return format_html('<span>{}<br><span class="small muted">{}</span></span>', row.name, _("interns of a course"))


def _of(row):
    return format_html("{} / {}", row.now + row.coming, row.most)


def _room(row):
    if row.free is None:
        return _("No limit")
    if row.is_over:
        return status("warn", _("More than allowed"))
    if not row.free:
        return status("stop", _("No room"))
    return status("done", _("Room for %(n)s") % {"n": row.free})
