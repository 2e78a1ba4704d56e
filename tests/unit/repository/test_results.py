# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What modules say of their results: the same thing in the same words, and fields for every record."""

from __future__ import annotations

import pathlib
import re

import pytest

from tools.reading import load_yaml, texts_of

MODULES = sorted((pathlib.Path(__file__).resolve().parents[3] / "plugins" / "modules").glob("*.py"))

BEGUN = "when some changes were begun and not all are made"
LUNS_JOBS = "see RV(aiqum.unified_manager.lun#module:jobs)."
JOBS = "The Jobs of the run, in the order submitted"
NO_JOBS = f"Always empty, since no Job is started; {LUNS_JOBS}"
CHANGED = "How the run ended - unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown."
READ = "How the run ended - unchanged, failed, interrupted or unknown."
WORDS = {  # wherever it is documented: what is said of it first, and when it is returned
    "planned": ("What would be done, in order.", "in check mode"),
    "applied": ("The changes that were made, when not all were.", BEGUN),
    "not_applied": (
        "The changes that were not made. One made in part, or with an unknown outcome, is in neither list.",
        BEGUN,
    ),
    "error": (
        "The HTTP C(status) and Unified Manager's C(code), C(message) and C(target) of a refused request.",
        "when a request was refused",
    ),
    "diff": ("What was changed, or in check mode would be, with C(before) and C(after).", "always"),
}
RECORDS = {  # what a record refers to
    "cluster": "Its cluster, with C(key), C(uuid) and C(name)",
    "svm": "Its SVM, with C(key), C(uuid) and C(name)",
    "node": "Its node, with C(key), C(uuid) and C(name)",
    "volume": "Its volume, with C(key), C(uuid) and C(name)",
}
SHARED = {"outcome", "jobs", *WORDS}
SEVERAL_WITHOUT_JOBS = {"user", "event"}  # they make several changes
MANY = {
    "event": ["events"],
    "workloads": ["luns", "file_shares"],
    "configuration": ["luns"],
}  # they tell most of it of each object


def returned(path):
    return load_yaml(texts_of(path)["RETURN"])


def runs(path):
    """The call that a module makes: change, listing, ..."""
    return re.search(r"^    run_(\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)[1]


def paragraphs(entry):
    return [entry["description"]] if isinstance(entry["description"], str) else entry["description"]


def fields(entries, place=""):
    """(place, name, entry) of all that is documented, at every depth."""
    for name, entry in entries.items():
        yield place, name, entry
        yield from fields(entry.get("contains") or {}, f"{place}{name}.")


READING = {"listing", "reading", "survey", "measuring", "data_placement", "diagnosis", "configuration_info"}
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)


@each_module
def test_the_same_is_said_in_the_same_words(path):
    for place, name, entry in fields(returned(path)):
        if name in WORDS and place != "summary.":  # there it is a severity of events
            words, when = WORDS[name]
            assert (paragraphs(entry)[0], entry["returned"].partition(", or")[0]) == (words, when), place + name
        if place and name in RECORDS:
            assert paragraphs(entry)[0].startswith(RECORDS[name]), place + name


@each_module
def test_all_that_can_be_returned_is_documented(path):
    found, kind = returned(path), runs(path)
    if kind == "job_wait":
        assert set(found) == {"jobs", "outcome"}
        return
    assert {"outcome", "error"} <= set(found)
    if kind in READING:
        assert paragraphs(found["outcome"])[0] == READ
        assert not {"planned", "applied", "not_applied", "diff"} & set(found)
        return
    assert paragraphs(found["outcome"])[0] == CHANGED
    assert {"jobs", "diff"} <= set(found)
    first = paragraphs(found["jobs"])[0]
    place = f"; {LUNS_JOBS}" if path.stem != "lun" else "."
    assert first in (NO_JOBS, JOBS + place)
    if path.stem == "configuration":
        found = found["configuration"]["contains"]  # each kind has them, and one stands for all
    for told in [found[name]["contains"] for name in MANY[path.stem]] if path.stem in MANY else [found]:
        assert {"planned", "error"} <= set(told)
        stops_half_way = first != NO_JOBS or path.stem in SEVERAL_WITHOUT_JOBS
        assert {"applied", "not_applied"} & set(told) == ({"applied", "not_applied"} if stops_half_way else set())


@each_module
def test_records_have_fields_and_a_sample(path):
    for name, entry in returned(path).items():
        if name in SHARED or path.stem == "ontap" or entry["type"] == "raw":
            continue
        text = " ".join(paragraphs(entry))
        assert "contains" in entry or "the fields of RV(" in text or entry.get("elements") == "str", name
        assert entry.get("sample"), name
        assert "_links" not in str(entry["sample"])
