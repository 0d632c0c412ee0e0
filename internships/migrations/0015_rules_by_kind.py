from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

OUTSIDE_SCHOOL = ["extracurricular", "summer"]
OF_A_COURSE = ["curricular", "pcto"]
# What the code said until now of which rules hold for whom: the first that a code begins with. Of others: for all.
KINDS = [
    (("age.min", "promoter.not_host", "eqf.min"), OUTSIDE_SCHOOL),
    (("summer.", "duration.summer"), ["summer"]),
    (("eqf.high", "duration.", "extension."), ["extracurricular"]),
    (("tutor.host_curricular",), OF_A_COURSE),
    (("tutor.promoter", "safety.fitness"), OUTSIDE_SCHOOL + OF_A_COURSE),
    (("quota.", "bonus.", "bar.", "allowance.", "notice.", "registration", "tutor.host"), OUTSIDE_SCHOOL),
]


def say_for_whom(apps, schema_editor):
    rows = apps.get_model("internships", "Rule").objects.all()
    changed = []
    for row in rows:
        row.kinds = next((kinds for begins, kinds in KINDS if row.code.startswith(begins)), [])
        changed.append(row)
    rows.model.objects.bulk_update(changed, ["kinds"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("internships", "0014_accidents_by_link")]

    operations = [
        migrations.AddField(
            model_name="rule",
            name="kinds",
            field=ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("extracurricular", "Internship outside school"),
                        ("summer", "Summer internship of a student"),
                        ("curricular", "Internship of a course of study"),
                        ("pcto", "School-to-work path (PCTO)"),
                        ("shadowing", "Job shadowing"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                help_text="None chosen: for all.",
                verbose_name="for which internships",
            ),
        ),
        migrations.RunPython(say_for_whom, migrations.RunPython.noop, elidable=True),
    ]
