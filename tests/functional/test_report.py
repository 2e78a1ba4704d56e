# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page about the state of Unified Managers: of several with one that is down, of an empty one, of hostile names."""

from __future__ import annotations

import socket

import pytest
import yaml

from tests.pages import Page

from .conftest import ROOT

pytestmark = pytest.mark.ansible_core

DATASOURCES, CLUSTERS = "/admin/datasources/clusters", "/datacenter/cluster/clusters"
AGGREGATES, VOLUMES, LUNS = (f"/datacenter/storage/{name}" for name in ("aggregates", "volumes", "luns"))
EVENTS, BACKUPS = "/management-server/events", "/admin/backup-file-info"
LEVELS = "/storage-provider/performance-service-levels"
# What a whole report asks, one request for each line.
ASKED = [
    "/management-server/system",
    DATASOURCES,
    CLUSTERS,
    AGGREGATES,
    VOLUMES,
    LUNS,
    "/storage-provider/workloads",
    "/storage-provider/workloads-summary",
    *[EVENTS] * 6,  # one of the list, and one for each severity
    EVENTS,
    BACKUPS,
    "/admin/backup-settings",
]


@pytest.fixture
def paris(second_um):
    return second_um


@pytest.fixture
def closed_port():
    """A port of this machine that nobody listens on, held so that nobody can."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def host(um, **variables):
    ready = um.simulator.ready
    connection = {f"um_{name}": ready[name] for name in ("hostname", "port", "username", "password", "ca_path")}
    return {**connection, **variables}


@pytest.fixture
def report(ansible_playbook, environment, um, tmp_path):
    """Run the playbook over hosts, or over the server of the environment: (page, data, what was printed)"""

    def run(hosts=None, *options, playbook="report", page="um_report_page", **variables):
        arguments = {page: tmp_path / "page.html", "um_report_path": tmp_path / "report.yml", **variables}
        if hosts:
            inventory = tmp_path / "hosts.yml"
            inventory.write_text(yaml.safe_dump({"ums": {"hosts": hosts}}), encoding="utf-8")
            options = ("-i", inventory, *options)
            arguments["um_hosts"] = "ums"
        extra = [argument for item in arguments.items() for argument in ("-e", "{}={}".format(*item))]
        emptied = dict.fromkeys(um.environment, "") if hosts else {}
        ran = ansible_playbook([*options, *extra, ROOT / "playbooks" / f"{playbook}.yml"], {**environment, **emptied})
        assert ran.returncode == 0, ran.stdout + ran.stderr
        html = (tmp_path / "page.html").read_text(encoding="utf-8")
        path = tmp_path / "report.yml"
        data = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None
        shown = Page(html)
        assert shown.faults == []
        assert um.environment["UM_PASSWORD"] not in html
        return shown, data, ran.stdout

    return run


def heads(page):
    return [text for _level, text in page.headings]


def section(page, heading):
    """The first table below a heading of a page, without its head; the tables are in the order of the headings."""
    return next(table[1:] for table in page.tables if table[0][0] == heading)


def test_a_fleet_is_on_one_page_and_the_one_that_is_down_comes_first(um, paris, report, closed_port):
    for one in (um, paris):
        one.forbid_writes()
    paris.control("POST", "world", {"action": "use_space", "volume": "vol_home", "percent": 97})
    paris.control("POST", "events", [{"severity": "critical", "name": "On Fire", "age": 300}, {"times": 3}])
    paris.outcome(status="error", failures=["The array is on fire."])
    hosts = {"berlin": host(um), "paris": host(paris), "rome": host(um, um_port=closed_port)}
    for one in (um, paris):
        one.forget_requests()
    page, data, output = report(hosts)
    assert "changed=0" in output
    for one in (um, paris):
        assert [path for _method, path in one.requests()] == ASKED
        assert one.writes() == []
    assert page.headings[1] == (2, "1 of 3 Unified Managers could not be read")
    assert f"rome : https://127.0.0.1:{closed_port} cannot be reached" in page.text
    assert [row[:4] for row in section(page, "Name")] == [["berlin", "9.16", "3", "11"], ["paris", "9.16", "3", "11"]]
    assert len(section(page, "Cluster")) == 6
    assert ["aggr_full", "cluster1", "berlin"] in [row[:3] for row in section(page, "Aggregate")]
    assert ["vol_home", "svm_nas", "cluster1", "paris"] in [row[:4] for row in section(page, "Volume")]
    assert section(page, "Event")[1][:2] == ["Volume Space Nearly Full", "warning"]
    assert "paris : On Fire: critical event" in page.text
    assert "2 of 3 Unified Managers read" in page.text
    assert data["unreached"] == [{"name": "rome", "message": data["unreached"][0]["message"]}]
    assert {row["um"] for row in data["backups"]} == {"berlin", "paris"}


def test_every_figure_says_how_old_it_is(um, report):
    """Each table has a column for it, or stands below a sentence with the time."""
    page, _data, _output = report()
    times = {"Read", "As of", "Raised", "When", "Made"}
    told = {table[0][0]: bool(times & set(table[0])) for table in page.tables}
    assert {name for name, says in told.items() if not says} == {"Service level", "Severity"}
    assert page.text.count("Read on 20") >= 3
    assert "127.0.0.1" in str(page.tables[0])


def test_jobs_that_ended_badly_are_told_with_their_reasons(um, play, report):
    um.outcome(status="error", failures=["The array is on fire."])
    new = {"name": "db01", "svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Value"}
    play({"aiqum.unified_manager.lun": new})
    page, _data, _output = report()
    ((name, how, why, when),) = section(page, "Job")
    assert (name, how, why, when) == ("Create LUN", "failed", "The array is on fire.", "under a minute ago")
    assert "1 Job ended badly in the last 7 days" in page.text


def empty(um):
    """Take all away that a new server does not have."""
    for table in um.control("GET", "world")["tables"]:
        if table.startswith(("/datacenter/", "/storage-provider/luns", "/storage-provider/file-shares")) or table in (
            DATASOURCES,
            EVENTS,
            BACKUPS,
        ):
            for record in um.control("GET", f"world?table={table}")["records"]:
                um.control("POST", "world", {"action": "remove", "table": table, "key": record["key"]})


def test_an_empty_server_is_told_of_in_words(um, report):
    empty(um)
    page, data, _output = report()
    assert data["clusters"] == []
    assert [table[0][0] for table in page.tables] == ["Name", "Newest backup"]
    for sentence in (
        "No clusters are managed here yet.",
        "No events are open.",
        "No Job ended badly in the last 7 days.",
        "there is no backup",
    ):
        assert sentence in page.text
    assert page.pictures == []


def test_no_server_at_all(um, report, closed_port):
    page, data, _output = report({"rome": host(um, um_port=closed_port), "oslo": host(um, um_port=closed_port)})
    assert heads(page) == ["State of Unified Manager", "2 of 2 Unified Managers could not be read"]
    assert (page.tables, page.pictures, data["reached"]) == ([], [], 0)


MARKUP = """<x-evil onload="a()">'&amp;</td></title></style><!--"""
NAME = MARKUP.replace('"', "")  # names in UM have no quotes, and the module refuses them
HOSTILE = MARKUP + "{{ 6 * 7919 }}{% if %}"


def test_names_are_text_wherever_they_come_from(paris, play, report, tmp_path):
    """Nothing that a server, an inventory or a structure says becomes a part of the page, or a template.

    The server is one whose exchanges are not recorded, since they are not those of the API document.
    """
    for table in paris.control("GET", "world")["tables"]:
        for record in paris.control("GET", f"world?table={table}")["records"]:
            fields = {name: HOSTILE for name in ("name", "cause", "status_message", "state") if name in record}
            fields |= {name: {"name": HOSTILE} for name in ("cluster", "svm") if isinstance(record.get(name), dict)}
            if "impact" in record:
                fields["impact"] = {"resource_name": HOSTILE}
            if "frequency" in record:
                fields = {"frequency": HOSTILE}
            if table == DATASOURCES:
                fields |= {"status": "error"}
            if fields and table not in ("/security/users", "/storage-provider/access-endpoints"):
                paris.control(
                    "POST", "world", {"action": "merge", "table": table, "key": record["key"], "fields": fields}
                )
    paris.outcome(status="error", failures=[HOSTILE])
    ready = paris.simulator.ready
    connection = {name: ready[name] for name in ("hostname", "port", "username", "password", "ca_path")}
    play({"aiqum.unified_manager.backup": connection})
    alert = {"name": NAME, "emails": ["a@example.com"], "event_severities": ["critical"]}
    (tmp_path / "um.yml").write_text(yaml.safe_dump({"alerts": [alert]}), encoding="utf-8")
    page, _data, _output = report({MARKUP: host(paris)}, um_configuration_path=tmp_path / "um.yml")
    assert "x-evil" not in page.tags
    assert page.text.count(HOSTILE) > 20
    assert page.text.count(MARKUP) > page.text.count(HOSTILE)  # the host
    assert page.text.count(NAME) == 2  # the object that differs, and its option
    assert str(6 * 7919) not in page.text
    assert [text for level, text in page.headings if level == 3] == ["Volumes", "LUNs", "The latest", "alerts"]
    assert len(page.headings) == 15


def test_what_a_role_may_not_read_is_told_and_the_rest_is_there(um, report):
    um.set(admin_reads="administrator")
    operator = um.simulator.ready["users"]["operator"]
    page, data, _output = report({"berlin": host(um, um_username="operator", um_password=operator["password"])})
    assert data["notes"]["backups"]
    assert "berlin could not be read for this:" in page.text
    assert len(section(page, "Cluster")) == 3


def test_a_refused_login_is_not_tried_again(um, report):
    um.forget_requests()
    page, _data, _output = report({"berlin": host(um, um_password="wrong-Password9")})
    assert um.requests() == [("GET", "/management-server/system")]
    assert page.headings[1] == (2, "1 of 1 Unified Managers could not be read")


def test_drift_is_part_of_it_where_a_structure_is_given(um, paris, report, tmp_path):
    structure = tmp_path / "um.yml"
    alert = {"name": "<New>", "emails": ["a@example.com"], "event_severities": ["critical"]}
    structure.write_text(yaml.safe_dump({"alerts": [alert]}), encoding="utf-8")
    hosts = {"berlin": host(um), "paris": host(paris)}
    page, data, _output = report(hosts, um_configuration_path=structure)
    assert [(one["name"], one["outcome"]) for one in data["drift"]] == [("berlin", "changed"), ("paris", "changed")]
    assert {"Drift of berlin", "Drift of paris"} <= set(heads(page))
    assert "berlin : 1 of 1 object differs from the structure" in page.text
    assert um.writes() == paris.writes() == []


def test_the_page_about_drift_has_the_same_style(um, paris, report, tmp_path):
    structure = tmp_path / "um.yml"
    alert = {"name": "<New>", "emails": ["a@example.com"], "event_severities": ["critical"]}
    structure.write_text(yaml.safe_dump({"alerts": [alert]}), encoding="utf-8")
    hosts = {"berlin": host(um), "paris": host(paris)}
    page, _data, _output = report(hosts, playbook="drift", page="um_drift_page", um_configuration_path=structure)
    assert heads(page)[:1] == ["Drift of Unified Manager"]
    assert page.text.count("<New>") == 4  # each time as the name of the object, and as its option


def test_batches_of_hosts_end_in_one_page(um, paris, ansible_playbook, environment, tmp_path):
    """With ``serial`` each batch writes the page; the last one has all."""
    play = {
        "hosts": "ums",
        "gather_facts": False,
        "serial": 1,
        "module_defaults": {
            "group/aiqum.unified_manager.um": {
                name: f"{{{{ um_{name} }}}}" for name in ("hostname", "port", "username", "password", "ca_path")
            }
        },
        "roles": [{"role": "aiqum.unified_manager.report", "report_page": str(tmp_path / "page.html")}],
    }
    (tmp_path / "site.yml").write_text(yaml.safe_dump([play]), encoding="utf-8")
    inventory = {"ums": {"hosts": {"berlin": host(um), "paris": host(paris)}}}
    (tmp_path / "hosts.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")
    ran = ansible_playbook(["-i", tmp_path / "hosts.yml", tmp_path / "site.yml"], environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    page = Page((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert [row[0] for row in section(page, "Name")] == ["berlin", "paris"]


def test_check_mode_reads_and_writes_no_file(ansible_playbook, environment, um, tmp_path):
    options = ["--check", "-e", f"um_report_page={tmp_path / 'page.html'}"]
    ran = ansible_playbook([*options, ROOT / "playbooks" / "report.yml"], environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert not (tmp_path / "page.html").exists()
    assert len(um.requests()) == len(ASKED)
