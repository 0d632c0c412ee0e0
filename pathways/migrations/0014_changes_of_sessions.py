import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pathways', '0013_trainers_and_rooms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SessionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField()),
                ('was_starts_at', models.DateTimeField(null=True)),
                ('was_ends_at', models.DateTimeField(null=True)),
                ('was_place', models.CharField(blank=True, max_length=200)),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField(db_index=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='session_changes', to='pathways.run')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'number'), name='session_change_once', violation_error_message='This change is noted already.'), models.CheckConstraint(condition=models.Q(models.Q(('was_ends_at', None), ('was_starts_at', None)), models.Q(('was_ends_at__isnull', False), ('was_starts_at__isnull', False)), _connector='OR'), name='session_change_was_whole', violation_error_message='A session was from one time until another.')],
            },
        ),
    ]
