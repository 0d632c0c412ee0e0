"""What the rules say: while one types, of one internship, and where somebody went past them."""

from django.shortcuts import render
from django.views import View

from accounts.access import RolesRequired, note_opening
from foundation.privacy.enums import AccessReason
from internships import queries
from internships.judgement import Judgement
from internships.permissions import check_can_judge
from internships.views.internships import InternshipCreate, InternshipPage
from internships.views.roles import BOARD


class ProposalCheck(InternshipCreate):
    """The findings for what is typed so far: the part of the proposal's page that changes. Saves nothing."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        context = {"may_override": True, "judgement": self.host and self.judgement(self.form(request.POST))}
        return render(request, "internships/_findings.html", context)


class InternshipRules(InternshipPage):
    """All that the rules say of one internship today, and where it goes past them."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_judge(request.user, self.internship)

    def get(self, request, **kwargs):
        note_opening(request, self.internship.participation.person, why=AccessReason.INTERNSHIP)
        rule_set = queries.rules_of(self.internship)
        overrides = queries.overrides_of(self.internship)
        overridden = frozenset((one.code, one.value) for one in overrides)
        context = {
            "internship": self.internship,
            "person": self.internship.participation.person,
            "judgement": Judgement(queries.findings_of(self.internship, values=rule_set), overridden=overridden),
            "rule_set": rule_set,
            "overrides": overrides,
        }
        return render(request, "internships/internship_rules.html", context)


class OverrideList(RolesRequired, View):
    """Where internships go past a rule, the last first: the coordinator's for monitoring, each partner's their own."""

    roles = BOARD

    def get(self, request):
        rows, following = queries.override_rows(request.user, request.GET.get("dopo", ""))
        context = {"rows": rows, "next_url": f"?dopo={following}" if following else ""}
        return render(request, "internships/override_list.html", context)
