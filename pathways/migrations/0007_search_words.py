import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    """The words that the catalogue holds, by which typing errors are mended."""

    dependencies = [("pathways", "0006_offers")]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="CatalogueWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60, unique=True)),
                ("stem", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("word", name="gin_trgm_ops"),
                        name="catalogue_word_typos",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("stem", name="varchar_pattern_ops"),
                        name="catalogue_word_stem",
                    ),
                ],
            },
        ),
    ]
