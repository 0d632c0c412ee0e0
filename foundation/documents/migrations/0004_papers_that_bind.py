from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_longer_names_of_signers"),
    ]

    operations = [
        migrations.AddField(
            model_name="paperkind",
            name="binds",
            field=models.BooleanField(default=False, verbose_name="binds several parties"),
        ),
        migrations.AddConstraint(
            model_name="paperkind",
            constraint=models.CheckConstraint(
                condition=models.Q(("binds", False), ("least_assurance__gte", 20), _connector="OR"),
                name="paper_that_binds_is_never_by_link_alone",
                violation_error_message="For what binds several a bare link is not enough: ask for more.",
            ),
        ),
        migrations.AlterField(
            model_name="signer",
            name="role",
            field=models.CharField(
                choices=[
                    ("person", "Young person"),
                    ("representative", "Parent or guardian"),
                    ("host", "Host company"),
                    ("promoter", "Promoting organisation"),
                    ("operator", "Operator"),
                    ("tutor", "Tutor"),
                ],
                max_length=20,
            ),
        ),
    ]
