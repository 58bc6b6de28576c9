"""What a change of a user must not break; other rooms know what that is."""

from collections.abc import Callable

from praktik.accounts.models import User

# Other rooms say here what keeps a user as they are. Each is asked about the user as they are to be saved, inside the
# transaction that saves, and answers with the rule in words by the field that breaks it, or nothing.
keeps_as_is: list[Callable[[User], dict[str, str]]] = []
