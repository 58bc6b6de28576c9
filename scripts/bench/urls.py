"""Praktik's addresses, and the two plain pages that it is measured by."""

from django.urls import path

from bench import floor
from praktik import urls

handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500
urlpatterns = [path("matning/tom/", floor.bare), path("matning/rader/", floor.rows), *urls.urlpatterns]
