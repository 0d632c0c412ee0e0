from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and accounts")

    def ready(self):
        from allauth.mfa import signals as factors
        from django.contrib.auth.signals import user_logged_in

        from accounts import adapter, middleware, signup
        from accounts.permissions import menu_roles
        from accounts.privacy import classify_fields
        from foundation.privacy import sentences
        from migwork import navigation

        classify_fields()
        user_logged_in.connect(signup.forget_at_sign_in)
        user_logged_in.connect(middleware.begin)
        factors.authenticator_added.connect(adapter.factor_added)
        factors.authenticator_removed.connect(adapter.factor_removed)
        navigation.roles_from(menu_roles)
        navigation.place("sign_in", "account_login")
        navigation.place("sign_up", "account_signup")
        navigation.place("sign_out", "account_logout")
        navigation.place("account", "accounts:profile")

        sentences.register("accounts.person_registered", _("Signed up"))
        sentences.register("accounts.person_claimed", _("Took over their record with their own account"))
        sentences.register("accounts.person_corrected", _("Own data corrected"))
        sentences.register("accounts.fiscal_code_set", _("Codice fiscale noted"))
        sentences.register("accounts.persons_merged", _("Two records made one"))
        sentences.register("accounts.merge_undone", _("Two records taken apart again"))
        sentences.register("accounts.member_added", _("Became a member of an organisation"))
        sentences.register("accounts.factor_added", _("Added a key to their account"))
        sentences.register("accounts.factor_removed", _("Took a key off their account"))
