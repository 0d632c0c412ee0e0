import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Several activities in an order, with a page of their own."""

    dependencies = [("pathways", "0019_situations"), ("programme", "0004_reminder_days")]

    operations = [
        migrations.CreateModel(
            name="ModulePath",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=120, unique=True)),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("summary", models.CharField(max_length=300, verbose_name="in one sentence")),
                ("goal", models.TextField(verbose_name="where it leads")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")], default="draft", max_length=10
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="module_paths",
                        to="programme.edition",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="module_paths",
                        to="programme.organisation",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Module",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="modules",
                        to="pathways.opportunity",
                    ),
                ),
                (
                    "path",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="modules",
                        to="pathways.modulepath",
                    ),
                ),
            ],
            options={"ordering": ["position"]},
        ),
        migrations.AddField(
            model_name="modulepath",
            name="opportunities",
            field=models.ManyToManyField(
                related_name="module_paths", through="pathways.Module", to="pathways.opportunity"
            ),
        ),
        migrations.AddConstraint(
            model_name="module",
            constraint=models.UniqueConstraint(
                fields=("path", "opportunity"),
                name="module_once",
                violation_error_message="This activity is in the path already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="module",
            constraint=models.UniqueConstraint(
                deferrable=models.Deferrable["DEFERRED"],
                fields=("path", "position"),
                name="module_one_at_each_place",
                violation_error_message="Another module stands at this place.",
            ),
        ),
    ]
