"""An activity in other languages: its partner writes them, beside the Italian text."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from pathways import actions, forms
from pathways.models import OpportunityTranslation
from pathways.queries.translations import lines
from pathways.translations import NAMES, ORIGINAL, TEXTS, digest_of
from pathways.views.workspace import ActivityPage


class TranslationList(ActivityPage, TemplateView):
    """Each language, and whether its text is there and up to date."""

    template_name = "pathways/translation_list.html"

    def get_context_data(self, **kwargs):
        return {"opportunity": self.opportunity, "lines": lines(self.opportunity)}


class TranslationEdit(ActivityPage, View):
    """One language: the Italian text, and beside each part its translation."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.language = kwargs["language"]
        if self.language == ORIGINAL or self.language not in NAMES:
            raise Http404
        found = OpportunityTranslation.objects.filter(opportunity=self.opportunity, language=self.language)
        self.translation = found.first()

    def form(self, data=None):
        return forms.TranslationForm(
            data,
            instance=self.translation,
            initial={"of_text": digest_of(self.opportunity)},
            opportunity=self.opportunity,
            language=self.language,
        )

    def get(self, request, *args, **kwargs):
        return self.page(self.form())

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        texts = {"opportunity": self.opportunity, "language": self.language, **form.cleaned_data}
        try:
            actions.save_translation(by=request.user, now=timezone.now(), **texts)
        except ValidationError as error:
            form.add_error(None, error)
            return self.page(form)
        messages.success(request, _("Saved. Whoever reads this language finds it on the page."))
        return redirect("pathways:translation-list", slug=self.opportunity.slug)

    def page(self, form):
        is_outdated = self.translation is not None and self.translation.of_text != digest_of(self.opportunity)
        parts = [(name, getattr(self.opportunity, name)) for name in TEXTS if name in form.fields]
        context = {"form": form, "opportunity": self.opportunity, "parts": parts, "is_outdated": is_outdated}
        context |= {"name": NAMES[self.language], "language": self.language, "translation": self.translation}
        return render(self.request, "pathways/translation_form.html", context)


class TranslationRemove(ActivityPage, View):
    """Take one out."""

    def post(self, request, *args, **kwargs):
        rows = OpportunityTranslation.objects.filter(opportunity=self.opportunity)
        translation = get_object_or_404(rows, language=kwargs["language"])
        actions.remove_translation(translation=translation, by=request.user, now=timezone.now())
        messages.success(request, _("Taken out. Its readers get the Italian text, and are told so."))
        return redirect("pathways:translation-list", slug=self.opportunity.slug)
