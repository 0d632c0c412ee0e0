from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """What is in the catalogue already came into it when it was written, as far as anybody knows."""
    opportunities = apps.get_model("pathways", "Opportunity").objects
    opportunities.filter(state="published", published_at=None).update(published_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("pathways", "0021_when_it_was_published")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
