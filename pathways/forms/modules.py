"""A path of modules, and the dates that somebody chooses for each."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from migwork.fields import OneLineField
from migwork.words import day_in_words
from pathways.models import ModulePath


class ModulePathForm(forms.ModelForm):
    class Meta:
        model = ModulePath
        fields = ["organisation", "title", "summary", "goal"]
        field_classes = dict.fromkeys(["title", "summary"], OneLineField)
        labels = {"organisation": gettext_lazy("Who offers it")}
        help_texts = {
            "title": gettext_lazy("Where it leads: “Working in a kitchen”, not “Path 2”."),
            "summary": gettext_lazy("One sentence: what one does and what for."),
            "goal": gettext_lazy("What one can do at the end, and what comes after."),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
            "goal": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].empty_label = gettext_lazy("Choose…")


class ModuleDatesForm(forms.Form):
    """For each module that is still open the dates with a free place; the first that fit are chosen already."""

    def __init__(self, *args, modules, **kwargs):
        super().__init__(*args, **kwargs)
        self._runs = {}
        for number, view in enumerate(modules, 1):
            if not view.is_open:
                continue
            self._runs |= {str(choice.run.pk): choice.run for choice in view.choices}
            self.fields[str(view.opportunity.pk)] = forms.ChoiceField(
                label=_("%(number)s. %(title)s") % {"number": number, "title": view.opportunity.title},
                choices=[(str(choice.run.pk), _words(choice.run)) for choice in view.choices],
                widget=forms.RadioSelect,
                initial=str(view.proposed.run.pk) if view.proposed else None,
                error_messages={"required": _("Choose the dates of “%(title)s”.") % {"title": view.opportunity.title}},
            )

    @property
    def runs(self) -> list:
        return [self._runs[key] for key in self.cleaned_data.values()]


def _words(run) -> str:
    left = ngettext("%(n)s place", "%(n)s places", run.places_left) % {"n": run.places_left}
    first, last = day_in_words(run.starts_on, "j F"), day_in_words(run.ends_on, "j F Y")
    if run.starts_on == run.ends_on:
        return f"{last} · {left}"
    return _("from %(first)s to %(last)s · %(left)s") % {"first": first, "last": last, "left": left}
