"""The programme's rows, for the administrator. Whole editions come from their file: manage.py load_edition."""

from django.contrib import admin

from programme.models import BudgetLine, CostItem, Edition, Funder, MacroAction, Organisation, Partnership, Target


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["short_name", "name", "code"]
    search_fields = ["short_name", "name"]


class Rows(admin.TabularInline):
    extra = 0
    show_change_link = True


class MacroActionRows(Rows):
    model = MacroAction


class PartnershipRows(Rows):
    model = Partnership
    fields = ["organisation", "role", "is_lead"]
    raw_id_fields = ["organisation"]


class FunderRows(Rows):
    model = Funder
    raw_id_fields = ["organisation"]


class CostItemRows(Rows):
    model = CostItem


class TargetRows(Rows):
    model = Target
    fields = ["code", "name", "unit", "value", "indicator"]


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "starts_on", "ends_on", "is_demo"]
    inlines = [MacroActionRows, PartnershipRows, FunderRows, CostItemRows, TargetRows]


@admin.register(MacroAction)
class MacroActionAdmin(admin.ModelAdmin):
    list_display = ["number", "name", "kind", "edition"]
    list_filter = ["edition"]


@admin.register(Partnership)
class PartnershipAdmin(admin.ModelAdmin):
    list_display = ["organisation", "role", "is_lead", "edition"]
    list_select_related = ["organisation", "edition"]
    list_filter = ["edition"]
    filter_horizontal = ["macro_actions"]


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):
    list_display = ["name", "value", "unit", "edition"]
    list_filter = ["edition"]
    filter_horizontal = ["macro_actions"]


@admin.register(BudgetLine)
class BudgetLineAdmin(admin.ModelAdmin):
    list_display = ["partnership", "macro_action", "cost_item", "funder", "amount", "bears_allowances", "is_demo"]
    list_select_related = ["partnership__organisation", "macro_action", "cost_item", "funder"]
    list_filter = ["edition", "funder"]
    raw_id_fields = ["partnership", "macro_action", "cost_item", "funder"]
