"""What is timed when something is written: the form is fetched first, as a browser does; only the sending counts."""

from bench.client import Answer, Browser, Jar, PageError, checked
from bench.html_forms import form_to, form_with
from bench.known import NOTES
from bench.pages import SAVING, STARTING, Page
from bench.server import Server


def write(browser: Browser, server: Server, page: Page, turn: int, **more: str) -> Answer:
    """Fetch the form, send it, follow where it leads, and undo what the data would not stand twice: the sending."""
    return {SAVING: _save_dialogue, STARTING: _start_place}[page](browser, server, turn, **more)


def _refused(answer: Answer, page: str) -> Answer:
    if answer.status == 200:
        raise PageError(f"{page}: the form was shown again instead of being saved")
    return checked(answer, page, 302)


def _save_dialogue(browser: Browser, server: Server, turn: int, **more: str) -> Answer:
    keys = server.found["written_agencies"]
    address = SAVING.address.format(key=keys[turn % len(keys)])
    form = form_with(checked(browser.get(address), SAVING.name).html, "held_on")
    answer = _refused(browser.post(address, {**form.fields, "notes": [NOTES]}, **more), SAVING.name)
    checked(browser.get(answer.location), f"after {SAVING.name}")
    return answer


def _start_place(browser: Browser, server: Server, turn: int, **more: str) -> Answer:
    keys = server.found["agreed_places"]
    key = keys[turn % len(keys)]
    address = STARTING.address.format(key=key)
    form = form_with(checked(browser.get(address), STARTING.name).html, "target_group")
    chosen = {name: form.choices[name][:1] for name in ("target_group", "sex")}
    sent = {**form.fields, **chosen, "started_on": [server.found["today"]]}
    answer = _refused(browser.post(address, sent, **more), STARTING.name)
    shown = checked(browser.get(answer.location), f"after {STARTING.name}").html
    undo = form_to(shown, f"/platser/{key}/angra/")
    undone = checked(browser.post(undo.action, undo.fields), "undoing a start", 302)
    checked(browser.get(undone.location), "after undoing a start")
    return answer


def first_after_change(server: Server, address: str, name: str, times: int) -> list[float]:
    """Seconds that a page takes right after a dialogue was saved."""
    found = []
    with Browser(server.port, server.jars[SAVING.role].copy()) as browser:
        for turn in range(times):
            _save_dialogue(browser, server, turn)
            found.append(checked(browser.get(address), name).seconds)
    return found


def window(server: Server, page: Page) -> Jar:
    """The cookies of a window of its own: two that write at once do not read each other's messages."""
    return server.jars[page.role].copy()
