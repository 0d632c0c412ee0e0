from django.db import migrations


def fill(apps, schema_editor):
    """What ended before there were kinds: the least that can be said; the sentence of then stays beside it."""
    ended = apps.get_model("intake", "Participation")._base_manager.filter(ending="")
    ended.filter(state="closed").update(ending="service")
    ended.filter(state="dropped").update(ending="own_reasons")


class Migration(migrations.Migration):
    dependencies = [("intake", "0017_how_ways_end")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
