"""The WSGI application that a server runs; it is production unless the environment says otherwise."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "praktik.settings.production")
application = get_wsgi_application()

# Everything that is loaded now stays: looking through it again and again for what nobody needs any more was a tenth of
# every page's time.
get_resolver().url_patterns  # noqa: B018  # loads all pages
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
