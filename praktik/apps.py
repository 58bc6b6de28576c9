"""The top of the house: start page, demonstration, health."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class PraktikConfig(AppConfig):
    """Holds the management commands; its pages stand in `praktik.views`."""

    name = "praktik"
    verbose_name = "Praktik"


class LeanStaticFilesConfig(StaticFilesConfig):
    """Leaves out the files of installed packages that no page asks for; collecting takes a third of the time."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.rtl.*",
        "bootstrap-*",
        "bootstrap.css*",
        "bootstrap*.js*",
        "README*",
        "LICENSE*",
    ]
