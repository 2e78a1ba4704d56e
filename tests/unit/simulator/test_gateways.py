# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API gateway and the ONTAP behind it (docs/facts/server.md, 6)."""

from __future__ import annotations

import asyncio

import pytest

from tests.simulator import access, paths
from tests.simulator.errors import Refusal

from .um import JOB_SECONDS, UM

HAL = {"Accept": "application/hal+json"}
NEW = {"name": "vol_new", "svm.name": "svm1", "aggregates": [{"name": "aggr1"}], "size": 1024**3}


def gateway(um, path="", cluster="cluster1"):
    uuid = um.get(f"/gateways?name={cluster}")["records"][0]["uuid"]
    return f"/gateways/{uuid}/{path}"


def volume(um, name="vol_db"):
    return um.get(gateway(um, f"storage/volumes?name={name}"))["records"][0]["uuid"]


def finished(um, method, path, body=None):
    """The ONTAP job of a request once it has ended."""
    status, answer = um.ask(method, gateway(um, path), body)
    assert status == 202, answer
    um.pass_time(JOB_SECONDS)
    return um.get(gateway(um, f"cluster/jobs/{answer['job']['uuid']}"))


def test_the_list_of_clusters():
    um = UM()
    page = um.get("/gateways")
    assert (page["num_records"], page["_links"]) == (3, {"self": "/api/gateways"})
    assert page["records"][0]["_links"]["self"]["href"] == f"/api/gateways/{page['records'][0]['uuid']}"
    assert um.get("/gateways?ip_address=10.10.0.20&type=ONTAP")["records"][0]["name"] == "cluster2"


@pytest.mark.parametrize(("setting", "status"), [("off_404", 404), ("off_403", 403), ("off_empty", 200)])
def test_the_gateway_switched_off(setting, status):
    um = UM()
    path = gateway(um, "cluster")
    um.switches.set("api_gateway", setting)
    assert um.ask("GET", "/gateways")[0] == status
    assert um.ask("GET", path)[0] in (403, 404)


def test_a_cluster_that_is_unknown():
    um = UM()
    assert um.ask("GET", "/gateways/6f1c0b1e-9c55-5f0e-8f6b-0d1f5a7c2e11/cluster")[0] == 404


def test_pages_fields_order_and_links_through_the_gateway():
    um = UM()
    path, names = gateway(um, "storage/volumes?fields=size,svm.name&order_by=name desc&max_records=3"), []
    while path:
        page = um.get(path)
        assert "total_records" not in page
        names += [record["name"] for record in page["records"]]
        path = page.get("_links", {}).get("next", {}).get("href", "").removeprefix("/api")
    assert names == sorted(names, reverse=True)
    assert len(names) == 8
    assert set(page["records"][0]) == {"uuid", "name", "size", "svm"}
    status, page = um.ask("GET", gateway(um, "svm/svms?name=svm1"), headers=HAL)
    link = page["records"][0]["_links"]["self"]["href"]
    assert (status, um.get(link.removeprefix("/api"))["name"]) == (200, "svm1")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("storage/volumes?fields=colour", 400, "262197"),
        ("storage/volumes?colour=red", 400, "262179"),
        ("storage/volumes?max_records=0", 400, "262197"),
        ("storage/volumes/nothing", 404, "4"),
        ("no/such/api", 404, "3"),
        ("storage/volumes?return_timeout=121", 200, None),
    ],
)
def test_ontaps_own_errors(path, status, code):
    um = UM()
    got, answer = um.ask("GET", gateway(um, path))
    assert (got, answer.get("error", {}).get("code")) == (status, code)


def test_other_paths_and_methods():
    um = UM()
    assert um.get(gateway(um, "cluster"))["name"] == "cluster1"
    assert um.get(gateway(um, "private/cli/version"))["num_records"] == 4
    assert um.get(gateway(um, "storage/aggregates?name=aggr1&fields=node.name"))["records"][0]["node"]["name"]
    assert um.ask("HEAD", gateway(um, "cluster")) == (200, None)
    assert um.ask("OPTIONS", gateway(um, "cluster")) == (200, None)
    assert um.ask("PATCH", gateway(um, "cluster"), {})[0] == 405
    um.switches.set("ontap_unknown_api", "empty")
    assert um.ask("GET", gateway(um, "no/such/api")) == (200, {})


def test_the_life_of_a_volume_that_um_learns_of_later():
    um = UM(acquisition_delay=60)
    job = finished(um, "POST", "storage/volumes", NEW)
    assert (job["state"], job["description"][:25]) == ("success", "POST /api/storage/volumes")
    uuid = volume(um, "vol_new")
    assert um.get(f"{paths.VOLUMES}?name=vol_new")["num_records"] == 0
    um.pass_time(60)
    assert um.get(f"{paths.VOLUMES}?name=vol_new")["records"][0]["uuid"] == uuid
    finished(um, "PATCH", f"storage/volumes/{uuid}", {"size": 2 * 1024**3, "comment": "mine", "nas.path": "/new"})
    shown = um.get(gateway(um, f"storage/volumes/{uuid}"))
    assert (shown["size"], shown["comment"], shown["nas"]["path"]) == (2 * 1024**3, "mine", "/new")
    assert shown["nas"]["export_policy"] == {"name": "default"}
    assert "autosize" not in shown
    finished(um, "DELETE", f"storage/volumes/{uuid}")
    assert um.ask("GET", gateway(um, f"storage/volumes/{uuid}"))[0] == 404
    assert um.get("/management-server/jobs")["num_records"] == 0


def test_what_a_query_chooses_is_changed():
    um = UM()
    finished(um, "PATCH", "storage/volumes?svm.name=svm1&name=vol_*", {"comment": "mine"})
    page = um.get(gateway(um, "storage/volumes?comment=mine"))
    assert {record["name"] for record in page["records"]} == {"vol_db", "vol_esx", "vol_full"}
    assert um.ask("DELETE", gateway(um, "storage/volumes"))[0] == 400
    assert um.ask("DELETE", gateway(um, "storage/volumes?name=nothing"))[0] == 404


def test_a_renamed_volume_takes_its_luns_along():
    um = UM()
    finished(um, "PATCH", f"storage/volumes/{volume(um)}", {"name": "vol_ora"})
    found = um.get(f"{paths.LUNS}?volume.name=vol_ora")["records"]
    assert [one["name"] for one in found] == ["/vol/vol_ora/lun_ora01", "/vol/vol_ora/lun_ora02"]


@pytest.mark.parametrize(
    ("method", "path", "body", "reason"),
    [
        ("POST", "storage/volumes", {**NEW, "name": "vol_db"}, "Duplicate volume name"),
        ("POST", "storage/volumes", {**NEW, "size": 1024**5}, "bytes available"),
        ("PATCH", "storage/volumes/{uuid}", {"size": 20 * 1024**2}, "cannot shrink"),
        ("DELETE", "storage/volumes/{uuid}", None, "has 2 LUNs"),
    ],
)
@pytest.mark.parametrize("where", ["both", "message", "error"])
def test_jobs_that_fail(method, path, body, reason, where):
    um = UM(ontap_job_error=where)
    job = finished(um, method, path.format(uuid=volume(um)), body)
    assert (job["state"], job["code"]) == ("failure", 460770)
    assert (reason in job["message"]) is (where != "error")
    assert (reason in job.get("error", {}).get("message", "")) is (where != "message")


def test_the_states_of_a_job():
    um = UM(ontap_initial_state="paused", job_retention=300)
    path = gateway(um, "cluster/jobs/" + um.ask("POST", gateway(um, "storage/volumes"), NEW)[1]["job"]["uuid"])
    states = [um.get(path)["state"]]
    for seconds in (JOB_SECONDS / 4, JOB_SECONDS, 300):
        um.pass_time(seconds)
        states.append(um.ask("GET", path)[1].get("state"))
    assert states == ["paused", "running", "success", None]


@pytest.mark.parametrize(
    ("seconds", "body", "status"), [(3, NEW, 202), (60, NEW, 201), (60, {**NEW, "name": "vol_db"}, 400)]
)
def test_return_timeout_holds_the_answer(monkeypatch, seconds, body, status):
    um = UM()

    async def sleep(pause):
        um.clock.time += pause

    monkeypatch.setattr(asyncio, "sleep", sleep)
    path = gateway(um, f"storage/volumes?return_timeout={seconds}&return_records=true")
    got, answer = um.ask("POST", path, body)
    assert got == status
    if status < 300:
        assert answer["records"][0]["name"] == "vol_new"
        assert answer["job"]["uuid"]
    else:
        assert answer["error"]["message"].startswith("Duplicate")


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({**NEW, "colour": "red"}, "colour"),
        ({**NEW, "size": "big"}, "size"),
        ({**NEW, "uuid": "x"}, "uuid"),
        ({"svm.name": "svm1", "aggregates": [{"name": "aggr1"}]}, "name"),
        ({**NEW, "svm.name": "nothing"}, "svm.name"),
        ({**NEW, "aggregates": [{"name": "nothing"}]}, "aggregates.name"),
    ],
)
def test_bodies_that_are_refused(body, target):
    um = UM()
    assert um.refused("POST", gateway(um, "storage/volumes"), body) == (400, target)


def test_the_scope_of_an_svm():
    um = UM()
    scope = {"X-Dot-SVM-Name": "svm2"}
    names = [one["name"] for one in um.ask("GET", gateway(um, "storage/volumes"), headers=scope)[1]["records"]]
    assert names == ["vol_lab"]
    body = {name: value for name, value in NEW.items() if name != "svm.name"}
    assert um.ask("POST", gateway(um, "storage/volumes"), body)[0] == 400
    assert um.ask("POST", gateway(um, "storage/volumes"), NEW, scope)[0] == 400
    assert um.ask("POST", gateway(um, "storage/volumes"), body, scope)[0] == 202
    assert um.ask("GET", gateway(um, "storage/volumes"), headers={"X-Dot-SVM-Name": "nothing"})[0] == 400


def test_accounts_change_at_once_and_show_no_password():
    um = UM()
    path = gateway(um, "security/accounts")
    account = {
        "name": "backup",
        "owner.name": "svm1",
        "password": "S3cret-word",
        "applications": [{"application": "ssh"}],
    }
    assert um.ask("POST", path, account)[0] == 201
    assert um.ask("POST", path, account)[0] == 409
    owner = um.get(path)["records"][0]["owner"]["uuid"]
    assert um.ask("PATCH", f"{path}/{owner}/backup", {"comment": "tape", "password": "An0ther-word"}) == (200, {})
    assert um.refused("GET", f"{path}/{owner}/backup?fields=password") == (400, "fields")
    shown = um.get(f"{path}/{owner}/backup")
    assert (shown["comment"], "password" in shown) == ("tape", False)
    assert um.ask("DELETE", f"{path}/{owner}/backup") == (200, {})


@pytest.mark.parametrize(
    ("role", "method", "allowed"),
    [
        ("operator", "GET", True),
        ("storage_administrator", "OPTIONS", True),
        ("storage_administrator", "PATCH", False),
        ("operator", "POST", False),
        ("administrator", "DELETE", True),
    ],
)
def test_roles(role, method, allowed):
    um = UM()
    path = gateway(um, "storage/volumes")
    if allowed:
        access.authorize(um.world, {"role": role}, method, path)
    else:
        with pytest.raises(Refusal):
            access.authorize(um.world, {"role": role}, method, path)
