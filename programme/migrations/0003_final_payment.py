"""When an edition's last payment came: from then on run the terms of its people's data."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0002_name_the_models'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='final_payment_on',
            field=models.DateField(blank=True, help_text="When the funder paid the last of it: the time for which data are kept runs from then.", null=True, verbose_name='final payment on'),
        ),
    ]
