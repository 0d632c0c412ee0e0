"""`gunicorn portal.demo.idp.wsgi`: makes its database anew, then serves. One process only."""

import os
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.demo.idp.settings"

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()


def _make_anew():
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User

    from portal.demo.idp.people import people

    Path(settings.DATABASES["default"]["NAME"]).unlink(missing_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    User.objects.bulk_create(User(username=name) for name in people())
    # One opens the demo under either name of this machine.
    portals = {settings.PORTAL, settings.PORTAL.replace("localhost", "127.0.0.1")}
    for provider, name in settings.CLIENTS.items():
        client = Client(
            id=name,
            name=provider,
            scopes="openid\nprofile\nemail",
            redirect_uris="\n".join(sorted(f"{portal}/account/eid/{provider}/callback/" for portal in portals)),
            skip_consent=True,
        )
        client.set_secret(settings.CLIENT_SECRET)
        client.save()


_make_anew()
