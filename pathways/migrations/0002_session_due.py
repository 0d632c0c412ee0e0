from django.db import migrations, models


class Migration(migrations.Migration):
    """Attendance still to record is found by when the session began."""

    dependencies = [("pathways", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="session",
            index=models.Index(
                condition=models.Q(("recorded_at__isnull", True)), fields=["starts_at"], name="session_due"
            ),
        ),
    ]
