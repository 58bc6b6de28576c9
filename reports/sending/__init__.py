"""Sending: what is due goes over one connection to the mail server, each message once, by one sender at a time."""

from reports.sending.run import WAITS, send_due

__all__ = ["WAITS", "send_due"]
