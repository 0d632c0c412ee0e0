from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and accounts")

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from accounts import signup
        from accounts.permissions import menu_roles
        from accounts.privacy import classify_fields
        from foundation.privacy import sentences
        from migwork import navigation

        classify_fields()
        user_logged_in.connect(signup.forget_at_sign_in)
        navigation.roles_from(menu_roles)
        navigation.place("sign_in", "account_login")
        navigation.place("sign_up", "account_signup")
        navigation.place("sign_out", "account_logout")
        navigation.place("account", "accounts:profile")

        sentences.register("accounts.person_registered", _("Signed up"))
        sentences.register("accounts.person_claimed", _("Took over their record with their own account"))
        sentences.register("accounts.person_corrected", _("Own data corrected"))
        sentences.register("accounts.member_added", _("Became a member of an organisation"))
