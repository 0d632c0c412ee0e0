"""Activities for my plan: suggestions that say why, and what they are made of."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import YoungPersonRequired
from migwork.attempts import attempt
from pathways import actions
from pathways.enums import SuggestedBy
from pathways.queries import suggestions
from pathways.queries.mine import participation_in
from programme.queries import receiving_edition


class Suggestions(YoungPersonRequired, View):
    """What fits, each with its reason; below, what is used, to be switched off."""

    def get(self, request, *args, **kwargs):
        today = timezone.localdate()
        participation = participation_in(request.user.person, receiving_edition(today))
        used, found = suggestions.Used(), []
        if participation:
            used = suggestions.used_for(participation, today, get_language())
            found = suggestions.suggestions(participation, used, today)
        context = {
            "participation": participation,
            "person": request.user.person,
            "found": found,
            "used": used,
            "all_off": len(used.off) == len(SuggestedBy),
            "age": request.user.person.age_on(today),
        }
        return render(request, "pathways/suggestions.html", context)

    def post(self, request, *args, **kwargs):
        used = [value for value in request.POST.getlist("used") if value in SuggestedBy]
        attempt(
            request,
            lambda: actions.choose_what_is_used(
                person=request.user.person, used=used, by=request.user, now=timezone.now()
            ),
            _("Saved: this is what we use from now on."),
        )
        return redirect("pathways:suggestions")
