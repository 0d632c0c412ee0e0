from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from django.contrib.auth.signals import user_logged_out

        from accounts.enums import Role
        from migwork import navigation
        from portal.middleware import forget_copy

        user_logged_out.connect(forget_copy)
        navigation.place("home", "portal:home")
        navigation.place("privacy", "portal:privacy")
        navigation.place("accessibility", "portal:accessibility")
        navigation.place("demo", "portal:demo")
        navigation.place("search", "pathways:opportunity-list")
        navigation.register(navigation.EVERYONE, _("Home"), "portal:home", order=0)
        navigation.register(navigation.EVERYONE, _("Find an activity"), "pathways:opportunity-list", order=70)
        navigation.register("young_person", _("My activities"), "pathways:enrolment-list", order=20)
        navigation.register(Role.COORDINATOR, _("Activities"), "pathways:activity-list", order=21)
        navigation.register(Role.PRIVACY_OFFICER, _("Register of fields"), "portal:field-register", order=30)
        for role in (Role.PARTNER_STAFF, Role.PARTNER_ADMIN):
            navigation.register(role, _("Our activities"), "pathways:activity-list", order=21)
        navigation.register(navigation.ANONYMOUS, _("Let's talk"), "portal:talk", order=80)
        navigation.register(navigation.ANONYMOUS, _("What MiG-Work is"), "portal:about", order=90)
