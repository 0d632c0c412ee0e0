import django.db.models.deletion
import pathways.models.friends
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('pathways', '0017_what_to_see_to'),
    ]

    operations = [
        migrations.CreateModel(
            name='FriendLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token', models.CharField(default=pathways.models.friends.new_token, max_length=20, unique=True)),
                ('made_at', models.DateTimeField()),
                ('helped', models.PositiveIntegerField(default=0)),
                ('lately', models.PositiveIntegerField(default=0)),
                ('lately_on', models.DateField(null=True)),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='friend_links', to='pathways.opportunity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='friend_links', to='accounts.youngperson')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'opportunity'), name='friend_link_once', violation_error_message='You have a link to this activity already.')],
            },
        ),
    ]
