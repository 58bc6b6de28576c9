"""Filtered lists: which rows the address asks for."""
