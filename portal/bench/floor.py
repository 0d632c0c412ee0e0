"""The floor: a bare Django without middleware. One view, one query, 25 rows, a 25-line template.

Served by `gunicorn portal.bench.floor:application` with the same gunicorn settings and
the same database as the portal, so that the ratio between the two says what the
portal adds, whatever the machine.
"""

import os

import django
from django.conf import settings

TEMPLATE = """<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<title>Floor</title>
<meta name="viewport" content="width=device-width">
</head>
<body>
<header>
<h1>Floor</h1>
<p>The least a page of 25 rows can cost.</p>
</header>
<main>
<ul>
{% for row in rows %}
<li>
<a href="/{{ row.slug }}">{{ row.title }}</a>
<span>{{ row.place }}</span>
</li>
{% endfor %}
</ul>
</main>
<footer>MiG-Work</footer>
</body>
</html>
"""

if not settings.configured:
    import environ

    settings.configure(
        SECRET_KEY="floor",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="portal.bench.floor",
        MIDDLEWARE=[],
        INSTALLED_APPS=[],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {**environ.Env.db_url_config(os.environ["DATABASE_URL"]), "CONN_MAX_AGE": 60}},
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"floor.html": TEMPLATE})]},
            }
        ],
    )
    django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import models
from django.shortcuts import render
from django.urls import path


class Row(models.Model):
    """A few columns of the catalogue's table."""

    slug = models.TextField()
    title = models.TextField()
    place = models.TextField()
    next_start_on = models.DateField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "pathways_opportunity"

    def __str__(self):
        return self.title


def rows(request):
    """25 rows by the index that the catalogue uses."""
    found = Row.objects.raw(
        "SELECT id, slug, title, place FROM pathways_opportunity WHERE state = 'published'"
        " ORDER BY next_start_on ASC NULLS LAST, id LIMIT 25"
    )
    return render(request, "floor.html", {"rows": found})


urlpatterns = [path("", rows)]
application = get_wsgi_application()
