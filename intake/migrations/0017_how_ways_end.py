from django.db import migrations, models

KINDS = [
    ("work", "At work, or about to start"),
    ("study", "In school, at university or in training"),
    ("qualified", "Has a new qualification and looks for work"),
    ("searching", "Looks for work and knows how"),
    ("service", "Goes on with another service"),
    ("not_reached", "Cannot be reached any more"),
    ("not_interested", "Does not want to go on"),
    ("found_alone", "Found something without us"),
    ("moved", "Lives elsewhere now"),
    ("own_reasons", "Reasons of their own"),
]


class Migration(migrations.Migration):
    dependencies = [("intake", "0016_how_a_talk_was")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="ending",
            field=models.CharField(blank=True, choices=KINDS, max_length=15),
        )
    ]
