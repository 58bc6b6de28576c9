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
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
