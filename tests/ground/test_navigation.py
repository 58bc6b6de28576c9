"""One finds back to where one was, never to somebody else's site; and from page to page of a list."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from agencies.models import Municipality
from praktik.navigation import BACK, ROWS, page_of, way_back
from tests.factories import AgencyFactory, MunicipalityFactory, NextStepFactory

OURS = ["/", "/myndigheter/", "/myndigheter/?q=%C3%A5nge&sida=2#hit", "http://testserver/kontor/"]
NOT_OURS = [
    "",
    "https://evil.example/",
    "http://evil.example/myndigheter/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "http:///evil.example/",
    "http:evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "http://testserver:8080/",
    "javascript:alert(1)",
    "javascript://testserver/%0aalert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "ftp://testserver/",
    "\x00/kontor/",
    "\x08//evil.example/",
    # A word that is no address: a redirect would take it for the name of a page.
    "start",
    "agencies:agency-list",
    "..",
]


@pytest.mark.parametrize("wanted", OURS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_one_goes_back_to_a_page_of_ours(method, wanted):
    assert way_back(getattr(RequestFactory(), method)("/kontor/", {BACK: wanted}), "/hem/") == wanted


@pytest.mark.parametrize("wanted", NOT_OURS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_one_is_never_sent_to_anything_else(method, wanted):
    assert way_back(getattr(RequestFactory(), method)("/kontor/", {BACK: wanted}), "/hem/") == "/hem/"


def test_without_a_wish_one_goes_where_the_page_leads():
    assert way_back(RequestFactory().get("/kontor/"), "/hem/") == "/hem/"


def test_what_the_form_says_counts_before_what_the_address_says():
    request = RequestFactory().post("/kontor/?tillbaka=/adress/", {BACK: "/form/"})
    assert way_back(request, "/hem/") == "/form/"
    assert way_back(RequestFactory().post("/kontor/?tillbaka=/adress/"), "/hem/") == "/adress/"


def test_on_a_secure_site_one_goes_back_to_a_secure_page_only():
    for wanted, leads_to in (("http://testserver/kontor/", "/hem/"), ("https://testserver/kontor/",) * 2):
        assert way_back(RequestFactory().get("/", {BACK: wanted}, secure=True), "/hem/") == leads_to


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("wanted", NOT_OURS)
def test_a_forged_way_back_leads_to_the_agency(as_coordinator, wanted):
    step = NextStepFactory()
    answer = as_coordinator.post(reverse("agencies:step-done", args=[step.pk]), {BACK: wanted})
    assert (answer.status_code, answer["Location"]) == (302, step.agency.get_absolute_url())


@pytest.mark.django_db
def test_a_forged_way_back_is_not_linked_to(as_coordinator):
    agency = AgencyFactory()
    for wanted in ("javascript:alert(1)", "//evil.example/"):
        answer = as_coordinator.get(f"/myndigheter/{agency.pk}/dialoger/ny/", {BACK: wanted})
        assert answer.context["back"] == agency.get_absolute_url()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (None, 1),
        ("1", 1),
        ("2", 2),
        ("3", 3),
        ("4", 3),
        ("0", 3),
        ("-1", 3),
        ("9" * 30, 3),
        ("9" * 5000, 1),
        ("1.5", 1),
        ("", 1),
        ("två", 1),
        ("\N{SUPERSCRIPT TWO}", 1),
        ("1' OR '1'='1", 1),
        ("\x00", 1),
        ("NaN", 1),
        ("Infinity", 1),
    ],
)
def test_a_number_without_a_page_gives_the_last_one_and_what_is_no_number_the_first(asked, number):
    Municipality.objects.bulk_create(MunicipalityFactory.build_batch(2 * ROWS + 1))
    rows = Municipality.objects.order_by("pk")
    page = page_of(RequestFactory().get("/", {} if asked is None else {"sida": asked}), rows)
    assert (page.number, page.paginator.num_pages) == (number, 3)
    assert list(page) == list(rows[(number - 1) * ROWS : number * ROWS])


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["1", "7", "x"])
def test_an_empty_list_has_one_empty_page(asked):
    page = page_of(RequestFactory().get("/", {"sida": asked}), Municipality.objects.order_by("pk"))
    assert (page.number, list(page)) == (1, [])
