"""In which language somebody reads an activity: the Italian text is the original, translations hang on it."""

from dataclasses import dataclass
from hashlib import blake2s

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

# What is translated, in the order of the page.
TEXTS = ("title", "summary", "for_whom", "what_you_get", "description", "what_you_need")
ORIGINAL = "it"
# Each by its own name: whoever looks for theirs need not know Italian.
NAMES = {
    "it": "Italiano",
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "uk": "Українська",
}
RIGHT_TO_LEFT = {"ar"}
# For readers of these languages, whatever the language of the page around it.
MISSING = {
    "en": "This text is in Italian. There is no English translation yet.",
    "fr": "Ce texte est en italien. Il n’y a pas encore de traduction en français.",
    "es": "Este texto está en italiano. Todavía no hay traducción al español.",
    "ar": "هذا النص بالإيطالية. لا توجد ترجمة عربية بعد.",
    "uk": "Цей текст італійською. Українського перекладу поки що немає.",
}
OUTDATED = {
    "en": "The Italian text has changed since: this translation may be out of date.",
    "fr": "Le texte italien a changé depuis : cette traduction n’est peut-être plus à jour.",
    "es": "El texto italiano ha cambiado después: esta traducción puede no estar al día.",
    "ar": "تغيّر النص الإيطالي بعد ذلك: قد تكون هذه الترجمة غير محدّثة.",
    "uk": "Італійський текст відтоді змінився: цей переклад може бути застарілим.",
}


def digest_of(opportunity) -> str:
    """Of the Italian text: by it a translation knows whether it is still one of this text."""
    whole = "\x1f".join(getattr(opportunity, name) for name in TEXTS)
    return blake2s(whole.encode(), digest_size=16).hexdigest()


def languages_of(request) -> list[str]:
    """The languages that somebody reads, the best first: what they tap, then what they chose for the portal,
    then what their browser says."""
    tapped = request.GET.get("leggi", "")
    if tapped in NAMES:
        return [tapped]
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return [get_language()]
    accepted = parse_accept_lang_header(request.headers.get("accept-language", ""))
    known = dict.fromkeys(code.partition("-")[0] for code, _weight in accepted)
    return [code for code in known if code in NAMES] or [get_language()]


@dataclass(frozen=True)
class Choice:
    """A language in which the page can be read."""

    code: str
    address: str
    is_on: bool

    @property
    def name(self) -> str:
        return NAMES[self.code]

    @property
    def attributes(self) -> SafeString:
        return attributes(self.code)


@dataclass(frozen=True)
class Reading:
    """The text that somebody reads, and what there is to know about it."""

    text: object
    language: str
    # Said to the reader in the language `note_in`, "" where there is nothing to say.
    note: str
    note_in: str
    choices: list[Choice]

    @property
    def attributes(self) -> SafeString:
        """Of every element that holds the text: for screen readers, and the direction in which it is written."""
        return attributes(self.language)

    @property
    def note_attributes(self) -> SafeString:
        return attributes(self.note_in)


def attributes(language) -> SafeString:
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


def reading(opportunity, translations, request) -> Reading:
    """The activity in the first of the reader's languages in which there is a text, else in Italian, which is said."""
    there = {translation.language: translation for translation in translations}
    wanted = languages_of(request)
    language = next((code for code in wanted if code == ORIGINAL or code in there), ORIGINAL)
    text = there.get(language, opportunity)
    note, note_in = "", language
    if text is opportunity and wanted[0] != ORIGINAL and ORIGINAL not in wanted:
        note, note_in = MISSING[wanted[0]], wanted[0]
    elif text is not opportunity and text.of_text != digest_of(opportunity):
        note = OUTDATED[language]
    choices = []
    if there:
        asked = request.GET.copy()
        for code in NAMES:
            if code == ORIGINAL or code in there:
                asked["leggi"] = code
                choices.append(Choice(code, f"?{asked.urlencode()}", code == language))
    return Reading(text, language, note, note_in, choices)
