"""Who opened whose file, and which privacy notice was shown."""

import django.db.models.deletion
import migwork.crypto
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0002_events_are_never_changed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('about', models.UUIDField()),
                ('what', models.CharField(max_length=60)),
                ('why', models.CharField(choices=[('follows', 'Follows this person'), ('desk', 'Works at the desk'), ('appointment', 'Has an appointment with them'), ('referral', 'They were referred to this organisation'), ('enrolment', 'They take part in an activity'), ('internship', 'They do an internship'), ('counting', 'Checks how figures were counted'), ('request', 'Answers their request about their data'), ('special', 'Reads data that need special care')], max_length=20)),
                ('reason', migwork.crypto.EncryptedTextField(blank=True, default='')),
                ('as_role', models.CharField(blank=True, default='', max_length=20)),
                ('organisation', models.CharField(blank=True, default='', max_length=60)),
                ('special', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'opening of a file',
                'verbose_name_plural': 'openings of files',
            },
        ),
        migrations.CreateModel(
            name='NoticeShown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.UUIDField()),
                ('version', models.CharField(max_length=20)),
                ('audience', models.CharField(choices=[('adult', 'Adults'), ('minor', 'Minors'), ('representative', 'Parents and guardians')], max_length=20)),
                ('language', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='access',
            name='by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='noticeshown',
            constraint=models.UniqueConstraint(fields=('about', 'version', 'audience'), name='notice_shown_once', violation_error_message='That this person was shown this notice is noted already.'),
        ),
        migrations.AddIndex(
            model_name='access',
            index=models.Index(fields=['about', '-at'], name='access_about_at'),
        ),
        migrations.AddIndex(
            model_name='access',
            index=models.Index(fields=['at'], name='access_at'),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.CheckConstraint(condition=models.Q(('special', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='access_special_has_its_reason', violation_error_message='Write why you need to read this. The person will see your reason.'),
        ),
    ]
