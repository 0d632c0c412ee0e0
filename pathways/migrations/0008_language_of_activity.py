from django.db import migrations, models


class Migration(migrations.Migration):
    """Activities may be held in another language than Italian."""

    dependencies = [("pathways", "0007_search_words")]

    operations = [
        migrations.AddField(
            model_name="opportunity",
            name="language",
            field=models.CharField(
                choices=[
                    ("it", "Italian"),
                    ("en", "English"),
                    ("fr", "French"),
                    ("es", "Spanish"),
                    ("ar", "Arabic"),
                    ("uk", "Ukrainian"),
                ],
                default="it",
                max_length=2,
                verbose_name="language of the activity",
            ),
        ),
    ]
