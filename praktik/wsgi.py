"""The WSGI application that a server runs; it is production unless the environment says otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "praktik.settings.production")
application = get_wsgi_application()
