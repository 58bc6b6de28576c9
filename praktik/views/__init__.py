"""The house's own pages: start, history, health, and what is said when something goes wrong."""

from praktik.views.errors import csrf_failure

__all__ = ["csrf_failure"]
