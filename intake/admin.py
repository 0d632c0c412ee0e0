"""What the desk offers as lists, for the administrator."""

from django.contrib import admin

from intake.models import TalkLanguage


@admin.register(TalkLanguage)
class TalkLanguageAdmin(admin.ModelAdmin):
    """A language that was once chosen stays: it is only offered no more."""

    list_display = ["name", "own_name", "code", "position", "is_offered"]
    list_editable = ["position", "is_offered"]

    def has_delete_permission(self, request, obj=None):
        return False
