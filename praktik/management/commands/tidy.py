"""`manage.py tidy`: throws away what nobody needs any longer. To be run once a day on a server."""

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.core.management import BaseCommand, call_command
from django.utils import timezone

from praktik import clock
from praktik.accounts.models import Submission
from reports.notices import forget_old_notices

# Long enough to look back at, short enough not to keep who logged in from where for ever.
KEPT = timedelta(days=90)


class Command(BaseCommand):
    """Ended sessions, finished tasks, forms and notices sent long ago, and old entries of who tried to log in."""

    help = "Rensar avslutade sessioner, utförda uppgifter, gamla påminnelsemejl och inloggningsförsök."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them."""
        before = timezone.now() - KEPT
        call_command("clearsessions")
        call_command("prune_db_task_results", verbosity=0)
        for model, field in ((AccessAttempt, "attempt_time"), (AccessLog, "attempt_time"), (Submission, "sent_at")):
            model.objects.filter(**{f"{field}__lt": before}).delete()
        forget_old_notices(on=clock.today())
