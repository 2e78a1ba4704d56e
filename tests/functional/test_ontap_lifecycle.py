# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""ONTAP's own API through the gateway: a volume from nothing to nothing, and what can go wrong on the way."""

from __future__ import annotations

import pytest

from .lifecycle import equal_where_predicted, run_thrice

NEW = {"name": "vol_new", "svm.name": "svm1", "aggregates": [{"name": "aggr1"}], "size": 1073741824}
UNLESS = {"name": "vol_new", "svm.name": "svm1"}
MAKE = {"method": "post", "path": "storage/volumes", "body": NEW, "unless": UNLESS}
CLI = {"aiqum.unified_manager.ontap": {"cluster": "cluster1", "path": "private/cli/version"}}


def ontap(**options):
    """A task that calls the ontap module on cluster1."""
    keywords = {
        name: options.pop(name) for name in ("check_mode", "diff", "environment", "register") if name in options
    }
    return {"aiqum.unified_manager.ontap": {"cluster": "cluster1", "path": "storage/volumes", **options}, **keywords}


def volume(um, name="vol_db"):
    """The path of a seeded volume."""
    found = um.control("GET", "world?table=/datacenter/storage/volumes")["records"]
    return "storage/volumes/" + next(one["uuid"] for one in found if one["name"] == name)


def summary(result):
    return result["failed"], result["changed"], result["outcome"]


CHANGED, UNCHANGED, FAILED = (False, True, "changed"), (False, False, "unchanged"), (True, False, "failed")

STEPS = {
    "create": lambda um: MAKE,
    "grow": lambda um: {"method": "patch", "path": volume(um), "body": {"size": 1099511627776}},
    "several fields": lambda um: {
        "method": "patch",
        "path": volume(um),
        "body": {"comment": "mine", "nas": {"path": "/db"}, "tiering.policy": "none", "autosize.mode": "off"},
    },
    "by filters": lambda um: {
        "method": "patch",
        "query": {"name": "vol_lab", "svm.name": "svm2", "return_records": True},
        "body": {"comment": "lab"},
    },
    "delete": lambda um: {"method": "delete", "path": volume(um, "vol_nosan")},
}


@pytest.mark.parametrize("step", STEPS)
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, step):
    desired = STEPS[step](um)
    check, real, again = run_thrice(um, play, ontap(**desired))[1]
    assert summary(check) == summary(real) == CHANGED
    assert check["diff"] == real["diff"]
    assert len(check["records"]) == len(real["records"])
    assert all(map(equal_where_predicted, check["records"], real["records"]))
    assert (summary(again), again["jobs"], again["records"]) == (UNCHANGED, [], real["records"])
    assert len(um.writes()) == 1
    job = real["jobs"][0]
    assert (job["state"], job["outcome"], job["finished"], real["status_code"]) == ("success", "success", True, 202)


def test_reading(um, here):
    pages, few, one, svm, cluster, cli, missing, colour = here(
        ontap(query={"fields": ["size", "svm.name"], "order_by": ["name desc"], "max_records": 3}),
        ontap(query={"max_records": 2}, limit=3),
        ontap(path=volume(um), query={"fields": "autosize.mode"}),
        ontap(svm="svm2"),
        {"aiqum.unified_manager.ontap": {"cluster": "cluster2", "path": "cluster"}, "check_mode": True},
        CLI,
        ontap(path="storage/volumes/nothing"),
        ontap(query={"colour": "red"}),
    ).results
    names = [record["name"] for record in pages["records"]]
    assert names == sorted(names, reverse=True)
    assert (len(names), pages["response"], pages["status_code"]) == (8, {"num_records": 8}, 200)
    assert pages["records"][0]["svm"]["name"]
    assert len(few["records"]) == 3
    assert one["records"][0]["autosize"] == {"mode": "grow"}
    assert [record["name"] for record in svm["records"]] == ["vol_lab"]
    assert cluster["response"]["name"] == "cluster2"
    assert len(cli["records"]) == 4
    assert {summary(result) for result in (pages, few, one, svm, cluster, cli)} == {UNCHANGED}
    assert (summary(missing), missing["error"]["status"], missing["error"]["code"]) == (FAILED, 404, "4")
    assert 'Unexpected argument "colour"' in colour["msg"]
    assert um.writes() == []


def test_the_clusters_that_can_be_reached(um, here):
    everything, two, address, patterns = here(
        {"aiqum.unified_manager.gateway_info": {}},
        {"aiqum.unified_manager.gateway_info": {"name": "cluster2"}},
        {"aiqum.unified_manager.gateway_info": {"ip_address": "10.10.0.30"}},
        {"aiqum.unified_manager.gateway_info": {"filters": {"name": "cluster*", "type": "ONTAP"}}},
    ).results
    assert [one["name"] for one in everything["gateways"]] == ["cluster1", "cluster2", "cluster3"]
    assert [one["name"] for one in two["gateways"] + address["gateways"]] == ["cluster2", "cluster3"]
    assert len(patterns["gateways"]) == 3
    uuid = two["gateways"][0]["uuid"]
    found = here(
        {"aiqum.unified_manager.gateway_info": {"name": uuid}},
        {"aiqum.unified_manager.gateway_info": {"name": f"{uuid}:type=cluster,uuid={uuid}"}},
    ).results
    assert [result["gateways"][0]["name"] for result in found] == ["cluster2", "cluster2"]


def test_the_failure_of_a_job_is_told(um, here):
    um.outcome(type="ontap_patch", failures=["The volume is busy moving."])
    move, full, luns = here(
        ontap(method="patch", path=volume(um), body={"size": 1099511627776}),
        ontap(method="post", body={**NEW, "aggregates": [{"name": "aggr_full"}], "size": 1099511627776}),
        ontap(method="delete", path=volume(um)),
    ).results
    for result, words in ((move, "busy moving"), (full, "bytes available"), (luns, "has 2 LUNs")):
        assert summary(result) == (True, True, "failed")
        assert words in result["msg"]
        assert words in result["jobs"][0]["failures"][0]["reason"]
        assert result["jobs"][0]["key"] in result["msg"]


def test_what_is_made_here_um_learns_later(um, here):
    um.set(acquisition_delay=600)
    made, seen = here(
        ontap(**MAKE),
        {"aiqum.unified_manager.job_info": {"order_by": "submit_time desc"}},
    ).results
    assert summary(made) == CHANGED
    assert seen["jobs"] == []
    assert um.control("GET", "world?table=/datacenter/storage/volumes")["records"][-1]["name"] == "vol_new"


def test_roles(um, here):
    user = um.simulator.ready["users"]["operator"]
    login = {"username": "operator", "password": user["password"]}
    write, read, admin = here(ontap(**MAKE, **login), ontap(**login), ontap(**MAKE)).results
    assert (summary(write), write["error"]["status"]) == (FAILED, 403)
    assert "role does not allow it" in write["msg"]
    assert (summary(read), summary(admin)) == (UNCHANGED, CHANGED)


def test_the_scope_of_an_svm(um, here):
    body = {name: value for name, value in NEW.items() if name != "svm.name"}
    desired = {"method": "post", "body": body, "unless": {"name": "vol_new"}}
    made, elsewhere, patch, unknown = here(
        ontap(**desired, svm="svm2"),
        ontap(**desired, svm="svm1", check_mode=True),
        ontap(method="patch", path=volume(um), body={"comment": "x"}, svm="svm1"),
        ontap(svm="svm_none"),
    ).results
    assert (summary(made), summary(elsewhere)) == (CHANGED, CHANGED)
    assert (summary(patch), summary(unknown)) == (FAILED, FAILED)
    assert "Name the SVM in the path" in patch["msg"]
    assert len(um.writes()) == 1


@pytest.mark.parametrize("setting", ["off_404", "off_403", "off_empty"])
def test_the_gateway_switched_off(um, here, setting):
    um.set(api_gateway=setting)
    call = here(ontap(**MAKE)).results[0]
    assert (summary(call), um.writes()) == (FAILED, [])
    assert "may be switched off" in call["msg"]


def test_a_wrong_cluster_and_paths_that_lead_elsewhere(um, here):
    wrong, *paths = here(
        {"aiqum.unified_manager.ontap": {"cluster": "cluster", "path": "cluster"}},
        ontap(path="../../admin/datasources/clusters"),
        ontap(path="storage/volumes?return_timeout=0", method="delete"),
        ontap(path="https://elsewhere.example.com/api/storage"),
    ).results
    assert "the clusters that can be reached are cluster1, cluster2, cluster3" in wrong["msg"]
    assert [summary(result) for result in paths] == [FAILED] * 3
    assert um.requests() == [("GET", "/gateways")]


def test_a_lost_answer_is_not_sent_again(um, here):
    um.set(job_seconds=1)
    um.fault(kind="reset_after", method="POST|PATCH|DELETE", path="/gateways/", times=3)
    path = volume(um, "vol_nosan")
    results = here(
        ontap(**MAKE),
        ontap(method="patch", path=path, body={"comment": "mine"}),
        ontap(method="delete", path=path),
    ).results
    assert [summary(result) for result in results] == [CHANGED] * 3
    assert [result["jobs"][0]["outcome"] for result in results] == ["success"] * 3
    assert [result["status_code"] for result in results] == [None] * 3
    assert len(um.writes()) == 3


def test_a_lost_answer_whose_job_does_not_name_it(um, here):
    um.set(ontap_descriptions="words")
    um.fault(kind="reset_after", method="POST", path="/gateways/", times=1)
    found = here(ontap(**MAKE)).results[0]
    assert (summary(found), found["jobs"], len(um.writes())) == (CHANGED, [], 1)


def test_held_answers(um, here):
    um.set(job_seconds=1, ontap_held_failure=500)
    long = {"polling": "long"}
    made, given, late, failed, hold = here(
        ontap(**MAKE, **long),
        ontap(
            method="patch", path=volume(um), body={"comment": "x"}, query={"return_timeout": 5, "return_records": True}
        ),
        ontap(method="patch", path=volume(um), body={"comment": "y"}, query={"return_timeout": 0}, **long),
        ontap(method="delete", path=volume(um), **long),
        ontap(method="delete", path=volume(um), query={"return_timeout": 60}),
    ).results
    assert [summary(result) for result in (made, given, late)] == [CHANGED] * 3
    assert [result["status_code"] for result in (made, given, late)] == [201, 200, 202]
    assert [result["jobs"][0]["polls"] for result in (made, given)] == [0, 0]
    assert late["jobs"][0]["polls"] > 0
    assert made["location"].startswith("storage/volumes/")
    # ONTAP's 500 may mean anything, so its job is looked for, and says why; it might be somebody else's.
    assert summary(failed) == (True, True, "unknown")
    assert "has 2 LUNs" in failed["msg"]
    assert summary(hold) == FAILED
    assert "too close to request_timeout" in hold["msg"]
    assert len(um.writes()) == 4


def test_waiting_elsewhere(um, play):
    um.set(job_seconds=1)
    submitted, waited, odd = play(
        ontap(**MAKE, wait=False, register="made"),
        {
            "aiqum.unified_manager.job_wait": {
                "cluster": "cluster1",
                "keys": "{{ made.jobs | map(attribute='key') }}",
            }
        },
        {"aiqum.unified_manager.job_wait": {"cluster": "cluster1", "keys": ["06a6148bf9e862df:1:2:3"]}},
    ).results
    assert summary(submitted) == (False, True, "submitted")
    assert (summary(waited), waited["jobs"][0]["succeeded"]) == (UNCHANGED, True)
    assert "ONTAP's jobs, which are UUIDs" in odd["msg"]


ODD_ENDS = [
    ({"lost": True, "seconds": 1}, CHANGED, ""),
    ({"never_seen": 0.3}, CHANGED, ""),
    ({"state": "reborn"}, (True, True, "unknown"), "outcome is unknown: state 'reborn'"),
    ({"failures": ["No room."], "omit": ["error", "message"]}, (True, True, "failed"), "(code 460770)"),
]


def test_jobs_that_end_oddly(um, here):
    um.set(ontap_initial_state="paused")
    tasks = []
    for number, (outcome, _expected, _words) in enumerate(ODD_ENDS):
        um.outcome(type="ontap_post", **outcome)
        name = f"vol_{number}"
        tasks.append(ontap(method="post", body={**NEW, "name": name}, unless={"name": name}))
    results = here(*tasks).results
    assert [summary(result) for result in results] == [expected for _outcome, expected, _words in ODD_ENDS]
    assert all(words in result.get("msg", "") for result, (_o, _e, words) in zip(results, ODD_ENDS, strict=True))


def test_changes_without_a_job_and_secrets(um, play):
    path = "security/accounts"
    account = {"name": "backup", "owner.name": "svm1", "applications": [{"application": "ssh"}]}
    secret = {"password": "Hu5h-hush-hush"}
    make = {"path": path, "method": "post", "body": account, "secret_body": secret, "unless": {"name": "backup"}}
    grant = {"method": "patch", "path": "{{ made.location }}", "body": {"role.name": "admin", "locked": "false"}}
    ran = play(
        ontap(**make, register="made"),
        ontap(**make),
        ontap(**grant),
        ontap(**grant),
        ontap(method="patch", path="{{ made.location }}", secret_body=secret),
        ontap(method="delete", path="{{ made.location }}"),
        ontap(method="delete", path="{{ made.location }}"),
        options=["--diff", "-vvv"],
    )
    expected = [CHANGED, UNCHANGED, CHANGED, UNCHANGED, CHANGED, CHANGED, UNCHANGED]
    assert [summary(result) for result in ran.results] == expected
    assert [result["jobs"] for result in ran.results] == [[]] * 7
    assert ran.results[2]["diff"] == {"before": {"role": {"name": "readonly"}}, "after": {"role": {"name": "admin"}}}
    assert "Hu5h" not in ran.output
    assert len(um.writes()) == 4


@pytest.mark.parametrize("answer", [404, "empty"])
def test_an_api_that_this_ontap_does_not_have(um, here, answer):
    um.set(ontap_unknown_api=answer)
    read, delete = here(ontap(path="no/such/api"), ontap(path="no/such/api/x", method="delete")).results
    assert (summary(read), read["records"]) == (FAILED if answer == 404 else UNCHANGED, [])
    assert (summary(delete), um.writes()) == (FAILED, [])
