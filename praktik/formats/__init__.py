"""Formats of dates and numbers on screen."""
