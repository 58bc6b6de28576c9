"""The demonstration's mail backend: one file for each message."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail

from praktik.settings import demo
from reports.sending.wire import Wire


@pytest.fixture
def box(settings, tmp_path: Path) -> Path:
    """The folder where mail lands, not made yet."""
    settings.EMAIL_BACKEND = demo.EMAIL_BACKEND
    settings.EMAIL_FILE_PATH = tmp_path / "var" / "mail"
    return settings.EMAIL_FILE_PATH


def read(box: Path) -> list[tuple[str, str]]:
    """To whom and what about, in the order of the files' names."""
    told = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in sorted(box.iterdir())]
    return [(each["To"], each["Subject"]) for each in told]


def test_two_messages_of_one_connection_are_two_files_that_mail_programs_read(box):
    messages = [
        mail.EmailMessage("Lösenord på väg", "Hej", to=["å.b/../c@example.se"]),
        Wire(b"To: x@example.se\r\nSubject: Veckobrev\r\n\r\nHej\r\n", sender="p@example.se", to="x@example.se"),
    ]
    assert mail.get_connection().send_messages(messages) == 2
    names = sorted(file.name for file in box.iterdir())
    assert names[0].endswith("-_.b_.._c@example.se.eml")
    assert names[1].endswith("-x@example.se.eml")
    assert names[0][:9] == "20181231-"
    assert [subject for _, subject in read(box)] == ["Lösenord på väg", "Veckobrev"]
    assert read(box)[1][0] == "x@example.se"


def test_nothing_is_written_over_whoever_counts(box, monkeypatch):
    for _ in range(2):
        monkeypatch.setattr("praktik.demo.mail._numbers", iter(range(1, 5)))
        mail.send_mail("Hej", "Hej", None, ["x@example.se"])
    assert len(read(box)) == 2


def test_a_message_to_nobody_is_no_file(box):
    assert mail.get_connection().send_messages([mail.EmailMessage("Hej", "Hej", to=[])]) == 0
    assert not list(box.iterdir())


def test_a_folder_that_cannot_be_made_is_told_unless_nobody_wants_to_know(box):
    box.parent.write_text("in the way")
    with pytest.raises(FileExistsError if box.parent.is_dir() else NotADirectoryError):
        mail.send_mail("Hej", "Hej", None, ["x@example.se"])
    assert mail.send_mail("Hej", "Hej", None, ["x@example.se"], fail_silently=True) == 0
