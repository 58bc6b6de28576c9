"""Production's settings, and what measuring needs besides: the data's day, two plain pages, and counted queries."""

from praktik.settings.production import *  # noqa: F403  (settings modules build on one another)
from praktik.settings.production import MIDDLEWARE

PRAKTIK_TODAY = "2018-12-31"
ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.counting.CountingMiddleware", *MIDDLEWARE]
