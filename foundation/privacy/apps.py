from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "foundation.privacy"
    label = "privacy"

    def ready(self):
        from django.db.models.signals import post_migrate

        from foundation.privacy import fields, grants, hooks, sentences

        fields.classify_fields()
        hooks.anonymise.register(fields.anonymise)
        sentences.register("privacy.retention_run", _("Data whose time is over let go"))
        sentences.register("privacy.retention_rule_entered", _("Retention rule entered"))
        sentences.register("privacy.fault_found", _("Fault found in the record of what was done"))
        sentences.register("privacy.faults_settled", _("Faults in the record of what was done seen to"))
        post_migrate.connect(grants.grant, sender=self)
