"""The sheet from which somebody copies into the forms of the Region and of UNILAV."""

from django.shortcuts import render
from django.views import View

from accounts.access import note_opening
from foundation.privacy.enums import AccessReason
from internships.copy_sheet import regional_portal, unilav
from internships.queries.life import life_of
from internships.views.life import OfInternship


class CopySheet(OfInternship, View):
    """For the promoter's staff."""

    def get(self, request, **kwargs):
        note_opening(request, self.internship.participation.person, why=AccessReason.INTERNSHIP)
        context = {
            "internship": self.internship,
            "person": self.internship.participation.person,
            "up": self.get_success_url(),
            "unilav": unilav(self.internship),
            "portal": regional_portal(self.internship, life_of(self.internship)),
        }
        return render(request, "internships/copy_sheet.html", context)
