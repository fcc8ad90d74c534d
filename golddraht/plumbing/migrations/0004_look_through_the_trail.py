from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0003_trace_in_fewer_steps")]

    operations = [
        migrations.AddIndex(
            model_name="trace",
            index=models.Index(fields=["tenant", "subject", "id"], name="trace_of_kind"),
        ),
        migrations.AddIndex(
            model_name="trace",
            index=models.Index(
                condition=models.Q(("actor_id__isnull", False)),
                fields=["tenant", "actor_id", "id"],
                name="trace_of_person",
            ),
        ),
    ]
