from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("plumbing", "0005_ask_for_second_factors")]

    operations = [
        migrations.AddField(model_name="trace", name="seat_id", field=models.BigIntegerField(null=True)),
        migrations.AddIndex(
            model_name="trace",
            index=models.Index(
                condition=models.Q(("seat_id__isnull", False)), fields=["tenant", "seat_id", "id"], name="trace_of_seat"
            ),
        ),
    ]
