from django.db import migrations, models


class Migration(migrations.Migration):
    """A family's activities are read in the catalogue's order; the runs with a waiting list are found by it."""

    dependencies = [("pathways", "0002_session_due")]

    operations = [
        migrations.RemoveIndex(model_name="opportunity", name="opportunity_family"),
        migrations.AddIndex(
            model_name="opportunity",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["family", "next_start_on", "id"],
                name="opportunity_family",
            ),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["run"], name="enrolment_waiting"),
        ),
    ]
