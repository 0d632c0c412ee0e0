"""Skills and CVs."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.enums import CvEntryKind, LanguageLevel, SkillLevel
from intake.forms.inputs import short_text
from intake.models import Cv, CvEntry, PersonSkill
from migwork.fields import OneLineField


class SkillForm(forms.Form):
    """How well somebody can do something, and where it showed."""

    level = forms.TypedChoiceField(
        label=_("How well?"),
        choices=SkillLevel.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how well.")},
    )
    evidence = OneLineField(
        label=_("Where did it show?"),
        help_text=_("A sentence, such as: at my uncle’s shop, every Saturday for two years. It stands in the CV."),
        max_length=PersonSkill._meta.get_field("evidence").max_length,
        widget=short_text(2),
        error_messages={"required": _("Write where it showed: one sentence is enough.")},
    )


class CvWordsForm(forms.Form):
    """A few words about oneself, and what of one's data stands on top."""

    about = forms.CharField(
        label=_("About me"),
        help_text=_("Two or three sentences: what you like doing, what you are good at, what you are looking for."),
        max_length=Cv._meta.get_field("about").max_length,
        required=False,
        widget=short_text(4),
    )
    shows_email = forms.BooleanField(label=_("Show my e-mail"), required=False)
    shows_phone = forms.BooleanField(label=_("Show my telephone number"), required=False)
    shows_town = forms.BooleanField(label=_("Show the town where I live"), required=False)
    shows_birth_date = forms.BooleanField(
        label=_("Show my date of birth"), required=False, help_text=_("Nobody may ask for it in a CV: you choose.")
    )
    shows_done = forms.BooleanField(
        label=_("Show the courses and internships that I completed with MiG-Work"), required=False
    )


# What each part asks: the words of its title and its place.
_WORDS = {
    CvEntryKind.EDUCATION: (_("Which school or course?"), _("Where?"), _("What did you learn?")),
    CvEntryKind.EXPERIENCE: (_("What did you do?"), _("Where, or for whom?"), _("What were your tasks?")),
    CvEntryKind.LANGUAGE: (_("Which language?"), None, None),
}
_HINTS = {
    CvEntryKind.EDUCATION: _("Such as: diploma in catering, third year of school, English course."),
    CvEntryKind.EXPERIENCE: _("Work, an internship, helping in the family, volunteering, sport: all of it counts."),
}


class CvEntryForm(forms.Form):
    """A school, a work or a language; each kind asks what it needs."""

    title = OneLineField(
        max_length=CvEntry._meta.get_field("title").max_length, error_messages={"required": _("Write what it is.")}
    )
    place = OneLineField(required=False, max_length=CvEntry._meta.get_field("place").max_length)
    began = forms.IntegerField(
        label=_("From the year"),
        min_value=1980,
        max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Write the year in which it began, such as 2023.")},
    )
    ended = forms.IntegerField(
        label=_("To the year"),
        required=False,
        min_value=1980,
        max_value=2100,
        help_text=_("Leave it empty if it goes on."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    text = OneLineField(required=False, max_length=CvEntry._meta.get_field("text").max_length, widget=short_text(3))
    level = forms.ChoiceField(
        label=_("How well do you speak it?"),
        choices=LanguageLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how well.")},
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        title, place, text = _WORDS[kind]
        self.fields["title"].label, self.fields["title"].help_text = title, _HINTS.get(kind, "")
        if kind == CvEntryKind.LANGUAGE:
            for name in ("place", "began", "ended", "text"):
                del self.fields[name]
            return
        self.fields["place"].label, self.fields["text"].label = place, text
        self.fields["began"].widget.attrs["placeholder"] = str(timezone.localdate().year)
        del self.fields["level"]
