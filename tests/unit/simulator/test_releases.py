# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What older releases lack, beside the table of the facts, and profiles that a simulator starts with."""

from __future__ import annotations

import json
import pathlib
import re

import pytest

from tests.simulator import __main__ as command
from tests.simulator import launch, paths, profile, releases
from tests.simulator.errors import Refusal
from tests.simulator.switches import Switch, Switches

from .um import UM

FACTS = pathlib.Path(__file__).resolve().parents[3] / "docs" / "facts" / "releases.md"
OLDEST = "9.7"


def facts():
    """(path of a collection, the release that it needs) as the facts have it, a key where one stands in the path."""
    table = FACTS.read_text(encoding="utf-8").partition("## 2 ")[2].partition("## 3 ")[0]
    for row in re.findall(r"^\| (`.*?) \| (.*?) \|", table, re.MULTILINE):
        for path in re.findall(r"`(.+?)`", row[0]):
            yield path.replace("...", "storage/volumes").replace("{key}", "a:type=b,uuid=c"), row[1].partition(",")[0]


def is_there(release, path):
    try:
        releases.check_path(release, path)
    except Refusal:
        return False
    return True


def before(release):
    return f"9.{releases.number(release)[1] - 1}"


@pytest.mark.parametrize(("path", "release"), list(facts()))
def test_a_collection_comes_with_its_release(path, release):
    assert is_there(release, path)
    assert release == OLDEST or not is_there(before(release), path)


def test_the_facts_name_all_that_came_later():
    assert {release for _path, release in facts()} == {
        OLDEST,
        *(additions.release for additions in releases.CAME_WITH if additions.paths),
    }


@pytest.mark.parametrize(
    ("path", "release"),
    [
        ("/datacenter/network/ip/interfaces/k/metrics", "9.10"),
        ("/datacenter/network/fc/ports/analytics", "9.10"),
        ("/datacenter/cluster/nodes/analytics", "9.9"),
        ("/management-server/events/e", "9.10"),
        ("/management-server/alerts/a", "9.10"),
    ],
)
def test_what_lies_below_comes_with_it(path, release):
    assert is_there(release, path)
    assert not is_there(before(release), path)


@pytest.mark.parametrize("release", ["9.14.1", "9.18P2", "9.30", "10.1"])
def test_later_releases_have_everything(release):
    assert releases.lacking(release) == []


def test_releases_are_no_decimal_numbers():
    assert releases.number("9.9") < releases.number("9.10") == releases.number("9.10.1P3")


def test_an_old_server():
    um = UM(release="9.9")
    assert um.get(paths.SYSTEM)["version"] == "9.9"
    for path in (paths.ALERTS, "/management-server/alarms"):
        message = f"There is no resource {path}."
        assert um.ask("GET", path) == (404, {"error": {"code": "no_such_resource", "message": message}})
    event = um.get(paths.EVENTS)["records"][0]["key"]
    assert um.ask("GET", f"{paths.EVENTS}/{event}")[0] == 404
    assert um.get(f"{paths.NODES}/analytics")["records"]


def test_fields_that_came_later_are_absent_in_lists_records_and_answers_to_changes():
    um = UM(release="9.11")
    key = um.get(paths.DATASOURCES)["records"][0]["key"]
    status, changed = um.ask("PATCH", f"{paths.DATASOURCES}/{key}", {"username": "admin2"})
    assert status == 200
    for record in (um.get(paths.DATASOURCES)["records"][0], um.get(f"{paths.DATASOURCES}/{key}"), changed):
        assert record["key"] == key
        assert "mutual_tls_status" not in record
    um.switches.set("release", "9.12")
    assert um.get(paths.DATASOURCES)["records"][0]["mutual_tls_status"] == "not configured"


@pytest.mark.parametrize("release", [9.1, "9", "v9.9", "", None, "9.9 "])
def test_a_release_that_is_none(release):
    with pytest.raises(ValueError, match=r"release is a text like '9\.16', in quotes"):
        Switches().set("release", release)


@pytest.mark.parametrize("seconds", [-1, "nan", "inf", "soon", None, True, [1]])
def test_seconds_that_are_none(seconds):
    with pytest.raises(ValueError, match="job_seconds is a number that is not negative"):
        Switches().set("job_seconds", seconds)


def test_several_switches_are_set_together_or_not_at_all():
    switches = Switches((Switch("a", 1.0, (), ""), Switch("b", True, (True, False), "")))
    with pytest.raises(ValueError, match="b is one of True, False, not 3"):
        switches.set_all({"a": 2, "b": 3})
    assert switches.as_dict() == {"a": 1.0, "b": True}
    with pytest.raises(ValueError, match="there is no switch 'c', 'd'; there are a, b"):
        switches.set_all({"a": 2, "c": 1, "d": 1})
    assert switches.as_dict() == {"a": 1.0, "b": True}


def started_with(*arguments):
    """The switches of a simulator with these command line arguments."""
    switches = Switches()
    command.set_switches(switches, command.parser().parse_args([str(argument) for argument in arguments]))
    return switches


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "profile.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"schema": 1, "release": "9.9", "switches": {"filter_case": "sensitive"}, "checks": [1]}),
        "schema: 1\nrelease: '9.9'\nswitches:\n  filter_case: sensitive\nlatency: 0.1\n",
    ],
)
def test_a_profile_sets_switches_and_what_is_for_others_is_ignored(written, text):
    switches = started_with("--profile", written(text))
    assert (switches["release"], switches["filter_case"], switches["job_seconds"]) == ("9.9", "sensitive", 3.0)
    switches.set("filter_case", "insensitive")
    switches.reset()
    assert switches["filter_case"] == "sensitive"


def test_options_win_over_the_profile_and_switches_over_options(written):
    path = written("{schema: 1, release: '9.9', switches: {job_seconds: 1, acquisition_delay: 5}}")
    switches = started_with("--profile", path, "--release", "9.14.1", "--job-seconds", 2, "--switch", "job_seconds=4")
    assert (switches["release"], switches["job_seconds"], switches["acquisition_delay"]) == ("9.14.1", 4.0, 5.0)


@pytest.mark.parametrize("text", ["{schema: 1}", "{schema: 1, release: null, switches: null}"])
def test_a_profile_may_be_empty(written, text):
    assert started_with("--profile", written(text)).as_dict() == Switches().as_dict()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is not a mapping"),
        ("[1]", "is not a mapping"),
        ("a: b: c", "is neither JSON nor YAML"),
        ("release: '9.9'", "has schema None; this simulator reads schema 1"),
        ("schema: 2", "has schema 2"),
        ("{schema: 1, switches: [a]}", "are not a mapping of names to values"),
        (
            "{schema: 1, switches: {moon_phase: full, tide: 1}}",
            "there is no switch 'moon_phase', 'tide'; there are release",
        ),
        ("{schema: 1, switches: {filter_case: maybe}}", "filter_case is one of insensitive, sensitive, not 'maybe'"),
        ("{schema: 1, release: 9.10}", "release is a text like '9.16', in quotes"),
    ],
)
def test_a_profile_that_is_wrong_is_told_with_its_file(written, text, complaint):
    path = written(text)
    with pytest.raises(ValueError, match=f"^{re.escape(str(path))}: .*{re.escape(complaint)}"):
        started_with("--profile", path)


def test_a_wrong_profile_sets_nothing():
    switches = Switches()
    with pytest.raises(ValueError, match="moon_phase"):
        profile.apply({"schema": 1, "release": "9.9", "switches": {"moon_phase": 1}}, switches)
    assert switches.as_dict() == Switches().as_dict()


def test_the_process_says_so_and_does_not_start(written):
    path = written("{schema: 1, switches: {moon_phase: full}}")
    with (
        pytest.raises(RuntimeError, match=r"simulator: .*profile\.yml: there is no switch 'moon_phase"),
        launch.running("--profile", str(path)),
    ):
        pass


def test_the_process_is_the_server_of_the_profile(written):
    path = written("{schema: 1, release: '9.11', switches: {admin_reads: administrator}}")
    with launch.running("--profile", str(path)) as simulator:
        switches = {one["name"]: one["value"] for one in simulator.control("GET", "switches")["switches"]}
    assert (switches["release"], switches["admin_reads"]) == ("9.11", "administrator")
