"""What a background worker does for the ground."""

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import task

from praktik.accounts.models import User


@task()
def send_password_link(user_pk: int, site: str) -> None:
    """Write to a user with a link that sets a new password. `site` is scheme and host, without a final slash.

    The link is made here and not by the caller, so that it never rests in the queue.
    """
    user = User.objects.get(pk=user_pk)
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    link = reverse("password-new", args=[uid, default_token_generator.make_token(user)])
    text = render_to_string("accounts/password_mail.txt", {"user": user, "link": f"{site}{link}"})
    EmailMessage(
        "Nytt lösenord till Praktik", text, to=[user.email], headers={"Auto-Submitted": "auto-generated"}
    ).send()
