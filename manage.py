#!/usr/bin/env python
# SPDX-License-Identifier: EUPL-1.2
"""Django's command line for Praktik.

Without DJANGO_SETTINGS_MODULE it works on the demonstration; a server sets that
variable to `praktik.settings.production` (the container image and `praktik.wsgi` do).
"""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "praktik.settings.demo")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as lacking:
        # Whoever sets up a server is to read what is missing, not where in the code it was missed.
        sys.exit(str(lacking))


if __name__ == "__main__":
    main()
