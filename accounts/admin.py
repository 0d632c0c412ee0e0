"""Accounts and roles, for the administrator."""

from django.contrib import admin

from accounts.models import Membership, Purpose, SpecialRule, User, YoungPerson


class MembershipRows(admin.TabularInline):
    """To be read: roles are given and ended on the pages of organisations, where it is recorded."""

    model = Membership
    extra = 0
    can_delete = False
    fields = readonly_fields = ["organisation", "role", "is_active", "since"]

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """No password here: everybody signs in by a code, and chooses a password on their own page."""

    list_display = ["__str__", "email", "phone", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser", "memberships__role"]
    search_fields = ["name", "email", "phone"]
    fields = ["name", "email", "phone", "phone_verified", "language", "is_active", "is_staff", "is_superuser"]
    inlines = [MembershipRows]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(YoungPerson)
class YoungPersonAdmin(admin.ModelAdmin):
    """To look somebody up. Corrections are made on the portal's pages, where they are recorded."""

    list_display = ["full_name", "birth_date", "email", "phone", "municipality"]
    search_fields = ["sort_key", "email", "phone"]
    ordering = ["sort_key"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Purpose)
class PurposeAdmin(admin.ModelAdmin):
    """What is consented to and whose yes it takes. A new wording is a new version: raise the number."""

    list_display = ["code", "representatives", "both_parents", "own_from_age", "paper", "version"]


@admin.register(SpecialRule)
class SpecialRuleAdmin(admin.ModelAdmin):
    """For which rules protected data are asked. One that was used is put out of force, not deleted."""

    list_display = ["code", "kind", "purpose", "is_active"]

    def has_delete_permission(self, request, obj=None):
        return False
