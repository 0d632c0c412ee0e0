from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    """An activity names for whom it was thought."""

    dependencies = [("pathways", "0018_friend_links")]

    operations = [
        migrations.AddField(
            model_name="opportunity",
            name="situations",
            field=ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("end_of_school", "is finishing school, or has just finished it"),
                        ("job_search", "is looking for a job"),
                        ("change_work", "wants to change work or trade"),
                        ("change_studies", "wants to change school or studies"),
                        ("leaving_school", "is thinking of leaving school"),
                        ("neet", "neither studies nor works at the moment"),
                        ("newly_arrived", "is under 18 and came to Italy a short time ago"),
                        ("fewer_opportunities", "has had fewer chances than others"),
                        ("precarious", "has work that may end any day"),
                        ("unhappy_at_work", "has work that is not right for them"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="thought for",
            ),
        ),
    ]
