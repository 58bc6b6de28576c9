"""`manage.py db_worker`: the background worker of django-tasks, which first takes up what a killed one left."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from praktik.morning import arrange
from reports.tasks import resume


class Command(db_worker.Command):
    """The worker of django-tasks; letters that were being sent when the last one was killed are sent on."""

    def handle(self, **options: Any) -> None:
        """Take up what is left, and the work of the mornings, then work.

        A worker that only empties the queue (`--batch`) is not there in the morning, and takes up no such work.
        """
        resume()
        if not options["batch"]:
            arrange()
        super().handle(**options)
