from django.core.management.base import BaseCommand, CommandError

from migwork import catalogues


class Command(BaseCommand):
    help = "Bring the message catalogues to what the sources say, and compile them."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("room", nargs="*", help="Bring only these rooms' catalogues up to date.")
        only = parser.add_mutually_exclusive_group()
        only.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; fail when a translation is missing, fuzzy, contradictory or no longer used.",
        )
        only.add_argument("--compile", action="store_true", help="Only compile.")

    def handle(self, *, room, check, compile, **options):
        if unknown := set(room) - set(catalogues.rooms()):
            raise CommandError(f"No such room: {', '.join(sorted(unknown))}")
        if check:
            faults = catalogues.faults()
            if faults:
                raise CommandError("\n".join(faults))
            return
        if not compile:
            for line in catalogues.update(only=room):
                self.stdout.write(f"to translate: {line}")
        count = catalogues.compile_all()
        self.stdout.write(f"{count} catalogues compiled")
