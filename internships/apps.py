from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InternshipsConfig(AppConfig):
    name = "internships"
    verbose_name = _("Internships")

    def ready(self):
        from accounts import hooks as people
        from accounts.enums import Role
        from accounts.hooks import call_in_merges, sharing
        from foundation.privacy import hooks as privacy_hooks
        from foundation.privacy import sentences
        from intake import hooks
        from internships import actions, privacy, showing
        from internships.sharing import shared_by_internship
        from migwork import navigation

        privacy.classify_fields()
        call_in_merges(**{"internships.Internship": _("internships")})
        privacy_hooks.anonymise.register(privacy.anonymise)
        sharing.register(shared_by_internship)
        for verb, sentence in privacy.SENTENCES.items():
            sentences.register(verb, sentence)
        people.member_holds.register(actions.what_tutor_holds)
        people.member_leaves.register(actions.pass_on_internships)
        hooks.file_sections.register(showing.file_section)
        hooks.action_links.register(showing.action_links)
        hooks.next_steps.register(showing.next_steps)
        hooks.way_marks.register(showing.way_marks)
        hooks.achievements.register(showing.achievements)
        hooks.referral_links.register(showing.referral_links)
        for role in (Role.PARTNER_STAFF, Role.PARTNER_ADMIN):
            navigation.register(role, _("Allowances"), "internships:allowance-list", order=32)
        for role, order in (
            (Role.PARTNER_STAFF, 30),
            (Role.PARTNER_ADMIN, 30),
            (Role.OPERATOR, 60),
            (Role.COORDINATOR, 60),
        ):
            navigation.register(role, _("Internships"), "internships:board", order=order)
