"""What is sent besides letters: a delivery is of a letter or of a notice, and reminders are kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_HAND = models.Q(level=0)


def _without_notices(apps, schema_editor):
    """On the way back, a delivery has to be a letter's again."""
    apps.get_model("reports", "Delivery").objects.filter(letter__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0001_places"),
        ("reports", "0004_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("digest", "mejl om det som väntar"), ("reminder", "påminnelse om order")], max_length=12, verbose_name="slag")),
                ("made_on", models.DateField(db_index=True, verbose_name="skriven")),
                ("message", models.TextField(verbose_name="meddelande")),
                ("user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="digests", to=settings.AUTH_USER_MODEL, verbose_name="mottagare")),
            ],
            options={
                "verbose_name": "avisering",
                "verbose_name_plural": "aviseringar",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(kind="digest", user__isnull=False) | models.Q(kind="reminder", user__isnull=True), name="notice_digest_is_somebodys"),
                    models.UniqueConstraint(fields=["user", "made_on"], name="notice_one_digest_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField(choices=[(0, "Påminnelse till hela kontoret"), (5, "Påminnelse till kontoret"), (10, "Påminnelse till alla på kontoret"), (15, "Påminnelse till koordinatorn")], verbose_name="nivå")),
                ("since", models.DateField(verbose_name="väntar sedan")),
                ("on", models.DateField(verbose_name="påmind")),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to=settings.AUTH_USER_MODEL, verbose_name="av")),
                ("notice", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="reminders", to="reports.notice", verbose_name="meddelande")),
                ("order", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="placements.matchingorder", verbose_name="order")),
            ],
            options={
                "verbose_name": "påminnelse",
                "verbose_name_plural": "påminnelser",
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=["order", "since", "level"], name="reminder_each_level_once", condition=~_HAND),
                    models.UniqueConstraint(fields=["order", "on"], name="reminder_by_hand_once_a_day", condition=_HAND),
                    models.CheckConstraint(condition=models.Q(level__in=[0, 5, 10, 15]), name="reminder_level_known"),
                    models.CheckConstraint(condition=models.Q(level=0, by__isnull=False) | (~models.Q(level=0) & models.Q(by__isnull=True)), name="reminder_by_hand_is_somebodys"),
                ],
            },
        ),
        migrations.AlterField(
            model_name="delivery",
            name="letter",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="reports.letter", verbose_name="brev"),
        ),
        migrations.RunPython(migrations.RunPython.noop, _without_notices),
        migrations.AddField(
            model_name="delivery",
            name="notice",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="reports.notice", verbose_name="avisering"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=["notice", "address"], name="delivery_of_notice_once"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(condition=models.Q(letter__isnull=False, notice__isnull=True) | models.Q(letter__isnull=True, notice__isnull=False), name="delivery_of_letter_or_notice"),
        ),
    ]
