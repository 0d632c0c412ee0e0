from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and accounts")

    def ready(self):
        from allauth.mfa import signals as factors
        from django.contrib.auth.signals import user_logged_in

        from accounts import adapter, eid, middleware, privacy, signup
        from accounts.actions import oversight
        from accounts.actions.holding import hold
        from accounts.actions.second_factor import rekey_second_factors
        from accounts.enums import Role
        from accounts.permissions import menu_roles
        from foundation.privacy import hooks as privacy_hooks
        from foundation.privacy import sentences
        from migwork import navigation

        privacy.classify_fields()
        privacy_hooks.everybody_who_is.register(privacy.everybody)
        privacy_hooks.hold.register(hold)
        privacy_hooks.anonymise.register(privacy.anonymise)
        privacy_hooks.rekey.register(rekey_second_factors)
        privacy_hooks.retention_warn.register(privacy.warn)
        privacy_hooks.faults_found.register(oversight.tell_of_faults)
        user_logged_in.connect(signup.forget_at_sign_in)
        user_logged_in.connect(eid.forget_at_sign_in)
        user_logged_in.connect(middleware.begin)
        factors.authenticator_added.connect(adapter.factor_added)
        factors.authenticator_removed.connect(adapter.factor_removed)
        navigation.roles_from(menu_roles)
        navigation.place("sign_in", "account_login")
        navigation.place("sign_up", "account_signup")
        navigation.place("sign_out", "account_logout")
        navigation.place("account", "accounts:profile")
        # The first word counts for who has both menus.
        navigation.register("administrator", _("Organisations"), "accounts:organisation-list", order=80)
        navigation.register(Role.PARTNER_ADMIN, _("Colleagues"), "accounts:organisation-list", order=80)

        sentences.register("accounts.person_registered", _("Signed up"))
        sentences.register("accounts.person_claimed", _("Took over their record with their own account"))
        for verb, sentence in privacy.OWN_DATA_SENTENCES.items():
            sentences.register(verb, sentence)
        navigation.register("young_person", _("My data"), "accounts:my-data", order=60)
        navigation.register(Role.PRIVACY_OFFICER, _("Requests"), "accounts:privacy-request-list", order=10)
        navigation.register(Role.PRIVACY_OFFICER, _("Retention"), "accounts:retention", order=20)
        sentences.register("accounts.person_corrected", _("Own data corrected"))
        sentences.register("accounts.contact_changed", _("Changed the e-mail or phone of their account"))
        sentences.register("accounts.fiscal_code_set", _("Codice fiscale noted"))
        sentences.register("accounts.claim_code_made", _("Code on paper made, to take over their record"))
        sentences.register("accounts.persons_merged", _("Two records made one"))
        sentences.register("accounts.merge_undone", _("Two records taken apart again"))
        sentences.register("accounts.eid_linked", _("SPID or CIE linked to the account"))
        sentences.register("accounts.eid_unlinked", _("SPID or CIE taken off the account"))
        sentences.register("accounts.paper_saved", _("Identity paper written down"))
        sentences.register("accounts.paper_removed", _("Identity paper taken out"))
        sentences.register("accounts.paper_checked", _("Identity paper looked at"))
        sentences.register("accounts.special_recorded", _("Protected note written"))
        sentences.register("accounts.special_removed", _("Protected note taken out"))
        sentences.register("accounts.mark_set", _("Mark for a rule set"))
        sentences.register("accounts.person_anonymised", _("Name taken out of the data"))
        sentences.register("accounts.member_added", _("Became a member of an organisation"))
        sentences.register("accounts.factor_added", _("Added a key to their account"))
        sentences.register("accounts.factor_removed", _("Took a key off their account"))
        sentences.register("accounts.special_rule_added", _("Rule that asks for protected data added"))
        sentences.register("accounts.purpose_added", _("Purpose of consent added"))
        sentences.register("accounts.representative_added", _("Named who signs for them"))
        sentences.register("accounts.identity_checked", _("Identity of a representative checked"))
        sentences.register("accounts.representation_ended", _("Somebody signs for them no more"))
        sentences.register("accounts.consent_asked", _("Consent asked for"))
        sentences.register("accounts.consent_given", _("Consent given"))
        sentences.register("accounts.consent_refused", _("Consent refused"))
        sentences.register("accounts.consent_ended", _("Consent ended"))
        sentences.register("accounts.consent_withdrawn", _("Consent taken back"))
        sentences.register("accounts.safe_contact_set", _("Only a safe contact from now on"))
        sentences.register("accounts.safe_contact_lifted", _("Messages may go home again"))
        self.tell_of_staff(sentences)
        self.join_signing()

    @staticmethod
    def tell_of_staff(sentences):
        sentences.register("accounts.organisation_added", _("Added an organisation"))
        sentences.register("accounts.invited", _("Invited somebody into an organisation"))
        sentences.register("accounts.invitation_cancelled", _("Took an invitation back"))
        sentences.register("accounts.invitation_accepted", _("Accepted an invitation"))
        sentences.register("accounts.member_left", _("Left an organisation"))
        sentences.register("accounts.account_closed", _("Account closed"))
        sentences.register("accounts.account_reopened", _("Account opened again"))
        sentences.register("accounts.sessions_ended", _("All sessions ended"))
        sentences.register("accounts.factors_reset", _("Keys reset, to be set up anew"))

    def join_signing(self):
        """What representatives sign are consents: this room words the occasion and acts on the answers."""
        from accounts import notifications, permissions, queries
        from accounts.actions import representatives
        from foundation.documents import hooks

        hooks.request_closed.register(representatives.take_answer)
        hooks.signature_withdrawn.register(representatives.take_withdrawal)
        hooks.link_made.register(notifications.invite_to_sign)
        hooks.shown.register(queries.shown_for_signing)
        hooks.may_handle.register(permissions.may_send_signing_links)
        hooks.may_take_paper.register(permissions.may_take_signed_paper)
