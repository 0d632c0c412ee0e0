from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from intake.actions import load_skills
from intake.enums import SkillSource
from intake.skill_lists import SkillFileError, language_of, read_esco, version_of


class Command(BaseCommand):
    help = (
        "Read ESCO's official CSV of skills, one file a language (skills_it.csv, skills_en.csv …). "
        "Twice is the same as once; a wrong file changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="such as skills_it.csv")
        parser.add_argument("--esco-version", default="", help="such as 1.2.0; else read from the name of the folder")
        parser.add_argument("--language", default="", help="such as it; else read from the name of the file")

    def handle(self, *, files, esco_version, language, **options):
        read = [self._read(Path(file), language, esco_version) for file in files]
        for entries, spoken, version in read:
            count = load_skills(entries=entries, language=spoken, source=SkillSource.ESCO, version=version)
            done = {"count": count, "language": spoken, "version": version}
            self.stdout.write(_("%(count)s skills read in “%(language)s”, ESCO %(version)s") % done)

    def _read(self, file, language, version):
        """All files are read before the first one is loaded."""
        language = language or language_of(file)
        version = version or version_of(file)
        if not language:
            raise CommandError(_("%s: in which language is it? Add --language, such as --language it.") % file)
        if not version:
            raise CommandError(_("%s: of which version is it? Add --esco-version, such as 1.2.0.") % file)
        try:
            return read_esco(file.read_text(encoding="utf-8")), language, version
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(_("The file cannot be read: %s") % error) from error
        except SkillFileError as error:
            raise CommandError(f"{file}\n{error}") from error
