"""Tests that read the built demonstration: a package, so that one building serves them all."""
