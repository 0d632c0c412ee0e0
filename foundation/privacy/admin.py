"""How long data are kept, for the administrator."""

from django.contrib import admin

from foundation.privacy.models import RetentionRule


@admin.register(RetentionRule)
class RetentionRuleAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "months", "starts", "warning_days", "valid_from", "valid_to"]
    list_filter = ["starts"]
    search_fields = ["code", "name"]
