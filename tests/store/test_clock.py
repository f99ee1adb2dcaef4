"""The time, as records have it."""

from __future__ import annotations

import datetime
import time

import pytest

from store.clock import now


def test_it_is_the_time_in_utc() -> None:
    before = time.time_ns() // 1_000_000
    said = now()
    after = time.time_ns() // 1_000_000
    assert said.endswith("Z")
    told = datetime.datetime.fromisoformat(said)
    assert before <= round(told.timestamp() * 1000) <= after


@pytest.mark.parametrize(
    ("nanoseconds", "said"),
    [
        (1739502245678_999_999, "2025-02-14T03:04:05.678Z"),
        (1739502245999_999_999, "2025-02-14T03:04:05.999Z"),
        (1739502246000_000_000, "2025-02-14T03:04:06.000Z"),
        (1739502246007_000_000, "2025-02-14T03:04:06.007Z"),
        (951782399999_000_000, "2000-02-28T23:59:59.999Z"),
        (951782400000_000_000, "2000-02-29T00:00:00.000Z"),
    ],
)
def test_seconds_and_their_thousandths(monkeypatch: pytest.MonkeyPatch, nanoseconds: int, said: str) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: nanoseconds)
    assert now() == said
