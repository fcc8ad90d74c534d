from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0013_tell_whom_a_note_names'),
        ('customers', '0002_say_why_an_address_is_dead'),
        ('plumbing', '0002_let_a_demo_move_in'),
        ('team', '0005_say_how_somebody_writes'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('status', 'SOLVED')), fields=['tenant', 'owner', '-solved_at'], name='solved_by_owner'),
        ),
    ]
