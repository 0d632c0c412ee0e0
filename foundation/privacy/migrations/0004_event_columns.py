"""The database's own time of each event, and its values apart from it."""

import django.db.models.deletion
import migwork.crypto
import migwork.db
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0003_access_and_notices'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventDetail',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='detail', serialize=False, to='privacy.event')),
                ('salt', models.CharField(max_length=32)),
                ('values', migwork.crypto.EncryptedJSONField()),
            ],
        ),
        migrations.AddField(
            model_name='event',
            name='detail_digest',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='event',
            name='written_at',
            field=models.DateTimeField(db_default=migwork.db.ClockTimestamp(), editable=False),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['written_at'], name='event_written'),
        ),
        migrations.AddConstraint(
            model_name='eventdetail',
            constraint=models.CheckConstraint(condition=models.Q(('salt', ''), _negated=True), name='event_detail_is_salted', violation_error_message='The detail of an event needs its salt.'),
        ),
    ]
