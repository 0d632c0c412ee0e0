from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "intake"

    def ready(self):
        from accounts import hooks
        from accounts.enums import Role
        from foundation.communications import hooks as outbox
        from foundation.documents import hooks as signing
        from foundation.privacy import hooks as privacy_hooks
        from foundation.privacy import sentences
        from foundation.questionnaires import hooks as forms
        from intake import calendars, merging, privacy, queries, retention, situations, special
        from intake.actions import (
            open_participation,
            open_participation_again,
            pass_on_caseload,
            pass_on_safeguarding,
            take_down_card,
            what_operator_holds,
            what_owner_holds,
        )
        from intake.actions.sharing import give_back_referrals, withdraw_referrals
        from intake.permissions import may_edit_questionnaires as may_edit
        from intake.queries.followup import questions_counted
        from intake.sharing import shared_by_referral
        from migwork import navigation

        privacy.classify_fields()
        privacy_hooks.anonymise.register(privacy.anonymise)
        privacy_hooks.retention_due.register(retention.due)
        hooks.days_that_count.register(privacy.days_that_count)
        for verb, sentence in privacy.SENTENCES.items():
            sentences.register(verb, sentence)
        hooks.fold("intake.Participation", into="merged_into", fills=merging.fills)
        hooks.call_in_merges(**merging.NAMES)
        signing.may_handle.register(queries.may_send_signing_links)
        forms.may_edit.register(may_edit)
        forms.read_by_rules.register(situations.questions_read)
        forms.read_by_rules.register(questions_counted)
        hooks.person_registered.register(open_participation)
        hooks.special_purposes.register(special.special_purposes)
        hooks.sharing.register(shared_by_referral)
        hooks.access_withdrawn.register(withdraw_referrals)
        hooks.access_given.register(give_back_referrals)
        hooks.person_returned.register(open_participation_again)
        hooks.who_follows.register(queries.followers_of)
        hooks.file_addresses.register(queries.address_of_file)
        hooks.member_holds.register(what_operator_holds)
        hooks.member_leaves.register(pass_on_caseload)
        hooks.member_holds.register(what_owner_holds)
        hooks.member_leaves.register(pass_on_safeguarding)
        outbox.attachments.register(calendars.attachments)
        hooks.member_leaves.register(take_down_card)
        navigation.register(Role.OPERATOR, _("Reception"), "intake:reception-list", order=10)
        navigation.register(Role.OPERATOR, _("Queue"), "intake:queue", order=12)
        navigation.register(Role.OPERATOR, _("Agenda"), "intake:agenda", order=14)
        navigation.register(Role.OPERATOR, _("Groups"), "intake:group-list", order=17)
        navigation.register(Role.OPERATOR, _("On the street"), "intake:street-list", order=18)
        navigation.register(Role.COORDINATOR, _("How talks were"), "intake:feedback-summary", order=60)
        navigation.register(Role.COORDINATOR, _("Forms"), "intake:questionnaires", order=62)
        navigation.register(Role.PARTNER_STAFF, _("Referrals"), "intake:referral-list", order=10)
        navigation.register(Role.PARTNER_ADMIN, _("Referrals"), "intake:referral-list", order=10)
        navigation.register("young_person", _("My plan"), "intake:my-plan", order=10)
        navigation.register("young_person", _("Messages"), "intake:messages", order=14)
        navigation.register(Role.OPERATOR, _("Messages"), "intake:messages", order=16)
