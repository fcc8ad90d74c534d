from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever is among the recipients of a mail with this subject can be found by it as well, not only its sender."""

    dependencies = [
        ("channels", "0006_keep_keys_and_seals"),
        ("conversations", "0006_remember_how_a_target_rested"),
        ("plumbing", "0003_trace_in_fewer_steps"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="mailrecord", name="record_by_sender_subject"),
        migrations.AddIndex(
            model_name="mailrecord",
            index=models.Index(fields=["tenant", "normal_subject", "from_address"], name="record_by_subject"),
        ),
    ]
