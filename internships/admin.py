"""The rule sets of internships, for the administrator: dated, with their history."""

from django import forms
from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.actions import change_rule_set, draft_from
from internships.enums import InternshipKind
from internships.models import Rule, RuleChange, RuleSet


class RuleForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("For which internships"),
        choices=InternshipKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: for all."),
    )


class RuleRows(admin.TabularInline):
    """The rules themselves are known to the portal: their values change, none is added or deleted."""

    model = Rule
    form = RuleForm
    extra = 0
    can_delete = False
    fields = ["name", "value", "unit", "is_sure", "is_active", "kinds", "source"]
    readonly_fields = ["name", "unit"]

    def has_add_permission(self, request, obj=None):
        return False


class ChangeRows(admin.TabularInline):
    model = RuleChange
    extra = 0
    can_delete = False
    fields = readonly_fields = ["at", "by", "what", "before", "after"]

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(RuleSet)
class RuleSetAdmin(admin.ModelAdmin):
    """An internship is judged by the set of its first day. When the law changes: copy, edit, take the tick away."""

    list_display = ["name", "region", "valid_from", "valid_to", "is_draft"]
    fields = ["name", "region", "source", "valid_from", "valid_to", "is_draft"]
    inlines = [RuleRows, ChangeRows]
    actions = ["copy"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        """Nothing yet: the set and its rules are saved together, by the action that keeps the history."""

    def save_related(self, request, form, formsets, change):
        edited = [row for formset in formsets for row in formset.save(commit=False)]
        rules = [row for row in edited if isinstance(row, Rule)]
        change_rule_set(rule_set=form.instance, rules=rules, by=request.user, now=timezone.now())

    @admin.action(description=gettext_lazy("Copy as a draft, to be changed when the law does"))
    def copy(self, request, queryset):
        for rule_set in queryset:
            draft = draft_from(rule_set=rule_set, by=request.user, now=timezone.now())
            messages.success(request, _("“%(name)s” is there: change it, then take its tick away.") % {"name": draft})
