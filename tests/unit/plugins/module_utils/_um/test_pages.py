# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that are not whole, or do not end: they are errors in every module, and nothing is created for them."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Garbled
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um import pages as pages_of_ours
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.pages import Walk
from tests import inprocess
from tests.wire import Answer, by_path, in_turn, pages

NEW = {"svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Value"}
BAD = {
    "fewer than total_records": (lambda: pages.incomplete(4, 9), "4 of 9 records, without a link to the others"),
    "more than total_records": (lambda: pages.incomplete(3, 2), "more records than the 2 that total_records tells"),
    "A, B, A": (lambda: pages.circling(2), "which was read already"),
    "itself": (lambda: pages.circling(1), "the same page twice"),
    "the same records": (pages.repeating, "the same page twice"),
    "empty pages": (pages.empty, "an empty page that leads to another one"),
    "without end": (pages.advancing, "a list that has not ended after 5 records in 5 pages"),
    "without end, and a total": (lambda: pages.advancing(total=2), "more records than the 2 that total_records tells"),
    "a link to elsewhere": (lambda: pages.elsewhere("https://other/elsewhere"), "which cannot be read"),
    "no list": (lambda: Answer.json({"records": None, "total_records": 3}), "no list of records"),
    "a total as text": (lambda: in_turn(Answer.json({"records": [], "total_records": "9"})), "0 of 9 records"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("module", ["lun_info", "lun"])
def test_a_list_that_is_not_whole_fails_and_nothing_is_created(monkeypatch, wire, name, module):
    monkeypatch.setattr(pages_of_ours, "MOST_PAGES", 5)
    script, words = BAD[name]
    server = wire(by_path({"^GET ": script()}))
    options = {**server.options, "name": "db01", **(NEW if module == "lun" else {})}
    result = inprocess.run(module, options, share=0.0)
    assert (result["failed"], result["changed"]) == (True, False)
    assert words in result["msg"]
    assert [request.method for request in server.requests if request.method != "GET"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"records": None, "total_records": 0},
        {"total_records": 0},
        {"records": [], "num_records": 0},
        {"num_records": 0},
        {"records": [], "total_records": "0"},
    ],
)
def test_an_empty_list(wire, body):
    server = wire(Answer.json(body))
    result = inprocess.run("lun_info", server.options)
    assert (result.get("failed", False), result["luns"]) == (False, [])


def test_a_run_that_only_reads_ends_at_its_deadline(wire):
    server = wire(by_path({"^GET ": pages.advancing()}))
    result = inprocess.run("lun_info", {**server.options, "wait_timeout": 0.5})
    assert (result["failed"], result["outcome"]) == (True, "timeout")
    assert "wait_timeout passed" in result["msg"]


def page(count, total, following=None):
    return {
        "records": [{"n": (following or "last", number)} for number in range(count)],
        "total_records": total,
        "_links": {"next": {"href": following}} if following else {},
    }


@pytest.mark.parametrize(
    "walked",
    [
        [page(1000, 2000, "/api/x?offset=1000"), page(999, 1999)],
        [page(1000, 1500, "/api/x?offset=1000"), page(501, 1501)],
        [page(1000, 1000)],
        [page(0, 0)],
    ],
)
def test_a_list_may_grow_and_shrink_while_it_is_read(walked):
    walk = Walk("/x")
    for one in walked:
        walk.take(one)
    walk.check_whole()


def test_a_list_ends_at_a_number_of_records(monkeypatch):
    monkeypatch.setattr(pages_of_ours, "MOST_RECORDS", 1500)
    walk = Walk("/x")
    walk.take(page(1000, None, "/api/x?offset=1000"))
    with pytest.raises(Garbled, match="has not ended after 2000 records in 2 pages"):
        walk.take(page(1000, None, "/api/x?offset=2000"))
