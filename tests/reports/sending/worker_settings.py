"""For workers that tests start as programs: the test's own database and mail server, and the queue of a server."""

import os

from praktik.settings.test import *  # noqa: F403  (settings modules build on one another)
from praktik.settings.test import DATABASES

DATABASES["default"]["NAME"] = os.environ["TESTED_DATABASE"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["TESTED_POST_OFFICE"])
