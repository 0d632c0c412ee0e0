"""The administration's door: for administrators alone, and by the portal's own sign-in.

Django's own takes whoever is marked as staff, and its form for passwords counts no attempts.
"""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from accounts.permissions import is_administrator


class Administration(admin.AdminSite):
    site_title = site_header = "MiG-Work"

    def has_permission(self, request) -> bool:
        return request.user.is_active and is_administrator(request.user)

    def login(self, request, extra_context=None):
        """Where somebody without a session is sent: on to the portal's sign-in."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or request.path)
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")
