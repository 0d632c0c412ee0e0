"""How many days before an appointment people are reminded of it."""

import django.contrib.postgres.fields
import django.core.validators
from django.db import migrations, models

import programme.models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0003_final_payment'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='reminder_days',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(30)]), blank=True, db_default=[7, 1], default=programme.models.reminder_days, help_text='How many days before an appointment people are reminded of it, such as 7,1. Empty: never.', size=5, verbose_name='days before a reminder'),
        ),
    ]
