from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("intake", "0018_fill_how_ways_ended")]

    operations = [
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=Q(state="closed", ending__in=("work", "study", "qualified", "searching", "service"))
                | Q(
                    state="dropped",
                    ending__in=("not_reached", "not_interested", "found_alone", "moved", "own_reasons"),
                )
                | (~Q(state__in=["closed", "dropped"]) & Q(ending="")),
                name="participation_ends_with_its_kind",
                violation_error_message="A way that was closed says with what, one that stopped says why.",
            ),
        )
    ]
