# SPDX-License-Identifier: EUPL-1.2
# One image for the web and for the worker; docker-compose.yml says which is which.
FROM python:3.13-slim

# DJANGO_SETTINGS_MODULE: nothing in this image has an unsafe default; a missing secret stops the start.
# GRANIAN_*: two processes serve a county's users with room to spare; each thread keeps its database connection.
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=praktik.settings.production \
    PRAKTIK_VAR=/srv/praktik/var \
    GRANIAN_INTERFACE=wsgi \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000 \
    GRANIAN_WORKERS=2 \
    GRANIAN_BLOCKING_THREADS=4

RUN useradd --system --uid 10001 --no-create-home --home-dir /srv/praktik --shell /usr/sbin/nologin praktik
WORKDIR /srv/praktik

# Before the code, so that a change of the code does not install anew. Every package has to have the lock's hash.
COPY requirements.txt ./
RUN python -m pip install --require-hashes --requirement requirements.txt

COPY manage.py LICENSE ./
COPY praktik praktik
COPY agencies agencies
COPY placements placements
COPY reports reports
COPY templates templates
COPY static static
COPY docs/guide docs/guide

# The settings want an environment; this one is gone after this line.
RUN SECRET_KEY=for-collecting-static-files-only-0123456789-and-nothing-else \
    ALLOWED_HOSTS=build.invalid \
    DATABASE_URL=sqlite://:memory: \
    EMAIL_URL=consolemail:// \
    PRAKTIK_FROM_EMAIL=build@build.invalid \
    python manage.py collectstatic --noinput

# Owns nothing: neither the code nor the static files can be changed from inside.
USER praktik
EXPOSE 8000

# The host is named, since Praktik answers to no other than those of ALLOWED_HOSTS.
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s --retries=3 \
    CMD python -c "import os, urllib.request as web; web.urlopen(web.Request('http://127.0.0.1:' + os.environ['GRANIAN_PORT'] + '/halsa/', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0]}), timeout=5)"

CMD ["granian", "praktik.wsgi:application"]
