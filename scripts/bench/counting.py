"""What one answer took of the database: told in its headers to whoever asks, and no work at all for the others."""

import os
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

ASKED = "X-Bench-Queries"
SQL = "X-Bench-Sql"
WORKER = "X-Bench-Worker"


class CountingMiddleware:
    """Counts the queries of a request that carries the header ASKED."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the number of queries, their seconds and the process that answered."""
        if ASKED not in request.headers:
            return self.get_response(request)
        seconds: list[float] = []

        def timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            begun = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                seconds.append(time.perf_counter() - begun)

        with connection.execute_wrapper(timed):
            response = self.get_response(request)
        response[ASKED] = str(len(seconds))
        response[SQL] = f"{sum(seconds):.6f}"
        response[WORKER] = str(os.getpid())
        return response
