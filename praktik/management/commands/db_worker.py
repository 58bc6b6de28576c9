"""`manage.py db_worker`: the background worker of django-tasks, which first takes up what a killed one left."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from reports.tasks import resume


class Command(db_worker.Command):
    """The worker of django-tasks; letters that were being sent when the last one was killed are sent on."""

    def handle(self, **options: Any) -> None:
        """Take up what is left, then work."""
        resume()
        super().handle(**options)
