"""The languages most spoken by those who come to the desk; the administrator adds others."""

from django.db import migrations

LANGUAGES = [
    ("it", "italiano", "italiano"),
    ("en", "inglese", "English"),
    ("ar", "arabo", "العربية"),
    ("es", "spagnolo", "español"),
    ("fr", "francese", "français"),
    ("zh", "cinese", "中文"),
    ("uk", "ucraino", "українська"),
    ("bn", "bengalese", "বাংলা"),
    ("ur", "urdu", "اردو"),
    ("pt", "portoghese", "português"),
    ("ro", "romeno", "română"),
    ("sq", "albanese", "shqip"),
    ("wo", "wolof", "wolof"),
    ("tl", "tagalog", "Tagalog"),
    ("fa", "dari e persiano", "فارسی"),
    ("lis", "lingua dei segni italiana (LIS)", ""),
]


def enter(apps, editor):
    language = apps.get_model("intake", "TalkLanguage")
    for position, (code, name, own_name) in enumerate(LANGUAGES):
        language.objects.get_or_create(
            code=code, defaults={"name": name, "own_name": own_name, "position": position * 10}
        )


class Migration(migrations.Migration):
    dependencies = [("intake", "0010_languages_cards_and_mediation")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
