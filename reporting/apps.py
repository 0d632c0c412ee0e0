from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self):
        from accounts.enums import Role
        from foundation.privacy import sentences
        from migwork import navigation
        from reporting.privacy import classify_fields

        classify_fields()
        for role in (Role.COORDINATOR, Role.EVALUATOR):
            navigation.register(role, _("Dashboard"), "reporting:dashboard", order=10)
            navigation.register(role, _("Reports"), "reporting:report-list", order=40)
        for role in (Role.COORDINATOR, Role.EVALUATOR, Role.PARTNER_ADMIN, Role.PARTNER_STAFF):
            navigation.register(role, _("Budget"), "reporting:budget", order=60)
            navigation.register(role, _("Expenses"), "reporting:expense-list", order=61)
        for verb, sentence in {
            "reporting.expense_entered": _("Expense entered"),
            "reporting.expense_paid": _("Expense paid"),
            "reporting.report_asked": _("Report asked for"),
            "reporting.report_retried": _("Report tried once more"),
            "reporting.report_ready": _("Report ready"),
            "reporting.report_failed": _("Report could not be made"),
        }.items():
            sentences.register(verb, sentence)
