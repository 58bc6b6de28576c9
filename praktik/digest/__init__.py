"""What waits for a person, as a mail on the weekdays that they have chosen; never when nothing waits."""

from praktik.digest.message import message_of
from praktik.digest.sending import make_digests, wanted

__all__ = ["make_digests", "message_of", "wanted"]
