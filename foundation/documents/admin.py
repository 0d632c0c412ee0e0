"""Which papers are signed and how sure that must be, for the administrator."""

from django.contrib import admin

from foundation.documents.models import PaperKind


@admin.register(PaperKind)
class PaperKindAdmin(admin.ModelAdmin):
    list_display = ["code", "title", "least_assurance", "valid_days", "minors_only", "binds"]
    list_filter = ["least_assurance", "minors_only", "binds"]
    search_fields = ["code", "title"]
