# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inverse of planning: the options that describe a record lead to it, and change nothing where it is."""

from __future__ import annotations

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.names import is_key
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Reference
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import (
    access_endpoint,
    active_directory_mapping,
    alert,
    alert_script,
    backup_settings,
    datasource,
    file_share,
    igroup,
    lun,
    performance_service_level,
    storage_efficiency_policy,
    svm,
    user,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.parts import export_rules
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.parts.svm_creation import SETTABLE

C = "11111111-2222-3333-4444-555555555555"
CREDENTIALS = {
    "active_directory_mapping": {"domain_password": "x", "domain_username": "admin"},
    "datasource": {"cluster_password": "x", "cluster_username": "admin"},
    "user": {"user_password": "x"},
    "alert_script": {"content": "x"},
    "file_share": {"performance_service_level": "Value"},
    "lun": {"performance_service_level": "Value", "os_type": "linux"},
}
MIB = 1024**2

words = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=12).map(lambda text: f"n{text}")
texts = st.text(min_size=1, max_size=20).filter(lambda text: text.isprintable() and text.strip() == text and text != "")
keys = st.uuids().map(str)
numbers = st.integers(1, 10**6)
maybe_text = st.one_of(st.none(), st.just(""), texts)


def refs(kind, names=words):
    """References as records have them."""
    return st.builds(lambda key, name: {"key": f"{C}:type={kind},uuid={key}", "name": name}, keys, names)


def objects(kind, **fields):
    """Records with a key of this kind; a field that is drawn as ``...`` is absent."""
    whole = st.fixed_dictionaries({"key": keys.map(lambda key: f"{C}:type={kind},uuid={key}"), **fields})
    return whole.map(without_absent)


def without_absent(value):
    if isinstance(value, dict):
        return {name: without_absent(part) for name, part in value.items() if part is not ...}
    return value


def plain(**fields):
    return objects("x", **fields).map(lambda record: {**record, "key": record["key"].rpartition("=")[2]})


def or_absent(strategy):
    return st.one_of(st.just(...), strategy)


def as_text(strategy):
    """Values, sometimes as the text of them."""
    return strategy.flatmap(lambda value: st.sampled_from([value, str(value)]))


def pair(least, most):
    return st.lists(numbers, min_size=2, max_size=2).map(sorted)


CLUSTER = refs("cluster")
SVM = refs("vserver")
LEVEL = or_absent(st.one_of(plain(name=words), st.just({"key": None, "name": "Unassigned"})))
POLICY = or_absent(st.one_of(plain(name=words), st.just({"key": None, "name": "Unassigned"})))
SIZE = st.fixed_dictionaries({"size": as_text(st.integers(MIB, 2**45))})
STATE = or_absent(st.sampled_from(["online", "offline"]))
addresses = st.ip_addresses(v=4).map(str)
unique_names = st.lists(words, max_size=3, unique=True)

MAPS = st.lists(
    st.fixed_dictionaries({"igroup": refs("igroup"), "logical_unit_number": as_text(st.integers(0, 4095))}),
    max_size=3,
    unique_by=lambda one: one["igroup"]["name"],
)
LUNS = st.builds(
    lambda volume, path, record: {**record, "volume": volume, "name": f"/vol/{volume['name']}/{'/'.join(path)}"},
    refs("volume", st.one_of(words, words.map("AIQUM_{}".format), words.map("NSLM_{}".format))),
    st.lists(words, min_size=1, max_size=2),
    objects(
        "lun",
        svm=SVM,
        cluster=CLUSTER,
        space=SIZE,
        os_type=st.sampled_from(lun.OS_TYPES),
        assigned_performance_service_level=LEVEL,
        assigned_storage_efficiency_policy=POLICY,
        lun_maps=or_absent(MAPS),
        operational_state=STATE,
    ),
)
RULES = st.lists(
    st.fixed_dictionaries(
        {
            "clients": st.lists(st.builds(lambda match: {"match": match}, addresses), min_size=1, max_size=2),
            "protocols": st.one_of(
                st.just(["any"]), st.lists(st.sampled_from(export_rules.PROTOCOLS), min_size=1, unique=True)
            ),
            "ro_rule": st.lists(st.sampled_from(export_rules.FLAVORS), min_size=1, max_size=2, unique=True),
            "rw_rule": st.lists(st.sampled_from(export_rules.FLAVORS), min_size=1, max_size=2, unique=True),
        }
    ),
    max_size=3,
).map(lambda rules: [{**rule, "index": number} for number, rule in enumerate(rules, 1)])
ACL = st.lists(
    st.fixed_dictionaries({"user_or_group": words, "permission": st.sampled_from(export_rules.PERMISSIONS)}),
    max_size=3,
    unique_by=lambda entry: entry["user_or_group"].casefold(),
)
FILE_SHARES = objects(
    "volume",
    name=words,
    svm=SVM,
    cluster=CLUSTER,
    space=SIZE,
    type=or_absent(st.sampled_from(["rw", "dp"])),
    assigned_performance_service_level=LEVEL,
    assigned_storage_efficiency_policy=POLICY,
    operational_state=STATE,
    access_control=or_absent(
        st.fixed_dictionaries(
            {
                "acl": ACL,
                "export_policy": st.builds(
                    lambda name, rules: {"key": f"{C}:type=export_policy,uuid=1", "name": name, "rules": rules},
                    st.one_of(st.just("default"), words, words.map("AIQUM_{}".format)),
                    RULES,
                ),
            }
        )
    ),
)
LEVELS = st.builds(
    lambda record, peaks, latency, extra: {
        **record,
        "iops": {
            "absolute_min_iops": 1000 + extra,
            "expected_iops_per_tb": peaks[0],
            "peak_iops_per_tb": str(peaks[1]),
            "peak_iops_allocation_policy": "used_space",
        },
        "latency": {"expected": latency},
    },
    plain(
        name=words,
        description=or_absent(maybe_text),
        system_defined=st.sampled_from([False, "false", True]),
        workload_count=as_text(st.integers(0, 3)),
    ),
    pair(1, 10**6),
    as_text(st.sampled_from([1, 17.0, 2.5])),
    st.integers(0, 1000),
)
POLICIES = plain(
    name=words,
    description=or_absent(maybe_text),
    compression=st.sampled_from(storage_efficiency_policy.MODES),
    deduplication=st.sampled_from(storage_efficiency_policy.MODES),
    space_thin_provisioned=st.sampled_from([True, False, "true", "false"]),
    system_defined=st.sampled_from([False, "false"]),
)


def users(kind, roles):
    return st.fixed_dictionaries(
        {
            "name": words,
            "authentication_type": st.just(kind),
            "role": st.sampled_from(roles),
            "email": words.map("{}@example.com".format) if kind in user.WITH_EMAIL else st.sampled_from([None, ""]),
            "group": st.sampled_from([kind == "ldap_group", str(kind == "ldap_group").lower()]),
            "locked": st.sampled_from(["yes", "no"]) if kind in user.LOCKABLE else st.just("na"),
        }
    )


USERS = st.one_of(
    *(users(kind, user.OF_OTHERS) for kind in user.TYPES if kind != "database_user"),
    users("database_user", user.OF_DATABASE),
)
times = st.one_of(
    st.none(), st.just(""), st.integers(0, 86400).map("PT{}S".format), st.integers(0, 1440).map("PT{}M".format)
)
RESOURCES = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(alert.RESOURCE_TYPES),
            "include_all": st.sampled_from([True, "true"]),
            "include": unique_names,
            "exclude": unique_names,
            "keys": unique_names,
        }
    ),
    max_size=2,
)
ALERTS = plain(
    name=words,
    description=or_absent(maybe_text),
    enabled=st.sampled_from([True, False, "true", "false"]),
    action=st.fixed_dictionaries(
        {
            "notification": st.fixed_dictionaries(
                {
                    "duration": times,
                    "from": times,
                    "to": times,
                    "emails": st.lists(words.map("{}@x".format), max_size=2, unique=True),
                    "send_snmp_trap": st.booleans(),
                }
            ),
            "script": or_absent(st.one_of(plain(name=words), st.just({"key": "", "name": ""}))),
        }
    ),
    event=st.fixed_dictionaries(
        {"severities": st.lists(st.sampled_from(alert.SEVERITIES), min_size=1, unique=True), "types": unique_names}
    ),
    resource=RESOURCES,
)
SCRIPTS = plain(name=words, description=or_absent(maybe_text))
SETTINGS = st.fixed_dictionaries(
    {
        "frequency": st.sampled_from(["daily", "weekly", "none"]),
        "day_of_week": st.sampled_from(backup_settings.DAYS),
        "hour": as_text(st.integers(0, 23)),
        "minute": as_text(st.integers(0, 59)),
        "path": words.map("/opt/{}/".format),
        "retention_count": as_text(st.integers(0, 100)),
    }
)
DATASOURCES = objects(
    "cluster",
    address=addresses,
    port=as_text(st.integers(1, 65535)),
    username=words,
    name=or_absent(words),
    status=st.just("normal"),
    operation=st.just({"type": "discovery", "state": "completed"}),
)
SVMS = objects(
    "vserver",
    name=words,
    cluster=CLUSTER,
    aggregates=st.lists(refs("aggregate"), max_size=2, unique_by=lambda one: one["name"]),
    state=st.sampled_from(["running", "stopped", "starting"]),
    language=st.sampled_from(sorted(SETTABLE)).flatmap(lambda one: st.sampled_from([one, one.upper(), "c"])),
    subtype=st.sampled_from(["default", "dp_destination", "sync_destination"]),
    ipspace=st.builds(lambda name: {"name": name}, words),
    snapshot_policy=st.builds(lambda name: {"name": name}, words),
    **{
        protocol: st.fixed_dictionaries({"enabled": st.sampled_from([True, False, "true", "false"])})
        for protocol in ("nfs", "iscsi", "fcp", "nvme")
    },
    dns=or_absent(st.fixed_dictionaries({"domains": st.just(["example.com"]), "servers": st.just(["10.0.0.1"])})),
    nis=or_absent(
        st.one_of(
            st.just({"enabled": False}),
            st.just({"enabled": "true"}),
            st.just({"enabled": True, "domain": "d", "servers": ["s1"]}),
        )
    ),
    ldap=or_absent(
        st.one_of(
            st.just({"enabled": True}),
            st.just({"enabled": True, "base_dn": "dc=x", "bind_dn": "cn=x", "servers": ["s"], "ad_domain": ""}),
        )
    ),
    cifs=st.one_of(
        st.just({"enabled": False}),
        st.just({"enabled": True, "name": "CIFS1", "ad_domain": {"fqdn": "EXAMPLE.COM"}}),
    ),
)
ENDPOINTS = objects(
    "network_lif",
    name=words,
    svm=SVM,
    data_protocols=st.sampled_from([["nfs"], ["cifs", "nfs"], ["iscsi"]]),
    ip=addresses.map(lambda address: {"address": address, "netmask": "255.255.255.0"}),
    gateways=st.one_of(st.just([]), st.lists(addresses, min_size=1, max_size=1)),
    vlan=st.one_of(st.none(), as_text(st.integers(1, 4094))),
    mtu=as_text(st.integers(68, 9216)),
)
MAPPINGS = plain(
    svm=SVM, domain=words.map("{}.com".format), dns=addresses, username=st.one_of(st.none(), st.just(""), words)
)
IGROUPS = objects(
    "igroup",
    name=words,
    svm=SVM,
    cluster=CLUSTER,
    os_type=st.sampled_from(igroup.OS_TYPES),
    protocol=st.sampled_from(igroup.PROTOCOLS),
    initiators=st.lists(words.map("iqn.{}".format).map(lambda name: {"name": name}), max_size=3, unique_by=str),
)
WORLDS = {
    "access_endpoint": (access_endpoint.ACCESS_ENDPOINT, ENDPOINTS),
    "active_directory_mapping": (active_directory_mapping.ACTIVE_DIRECTORY_MAPPING, MAPPINGS),
    "alert": (alert.ALERT, ALERTS),
    "alert_script": (alert_script.ALERT_SCRIPT, SCRIPTS),
    "backup_settings": (backup_settings.BACKUP_SETTINGS, SETTINGS),
    "datasource": (datasource.DATASOURCE, DATASOURCES),
    "file_share": (file_share.FILE_SHARE, FILE_SHARES),
    "igroup": (igroup.IGROUP, IGROUPS),
    "lun": (lun.LUN, LUNS),
    "performance_service_level": (performance_service_level.LEVEL, LEVELS),
    "storage_efficiency_policy": (storage_efficiency_policy.POLICY, POLICIES),
    "svm": (svm.SVM, SVMS),
    "user": (user.USER, USERS),
}


def validated(resource, options):
    """Options as Ansible would hand them over, after its own check of the argument spec."""
    checked = ArgumentSpecValidator(dict(resource.arguments)).validate(options)
    assert not checked.error_messages
    return checked.validated_parameters


def planned(resource, options, record):
    desired = resource.desired(validated(resource, options))
    return list(resource.plan(None if record is None else resource.current(record), desired))


def with_names(body):
    """A body as records would show it, each reference by its name."""
    if isinstance(body, Reference):
        return {"key" if is_key(body.name_or_key) else "name": body.name_or_key}
    if isinstance(body, dict):
        return {name: with_names(value) for name, value in body.items()}
    return [with_names(part) for part in body] if isinstance(body, (list, tuple)) else body


@pytest.mark.parametrize("noun", WORLDS)
def test_what_describes_a_record_changes_nothing_there(noun):
    resource, records = WORLDS[noun]

    @given(records)
    def check(record):
        described = resource.describe(record)
        assert not planned(resource, described.options, record)
        desired = resource.desired(validated(resource, described.options))
        finding = resource.find(desired)
        assert finding.path or finding.key == described.options.get("name", ...) or finding.matches(record)

    check()


@pytest.mark.parametrize("noun", [noun for noun in WORLDS if noun != "backup_settings"])
def test_what_describes_a_record_makes_it_anew(noun):
    """As far as it can: what is lacking is given, and what cannot be made (such as a LUN in a qtree) is left out."""
    resource, records = WORLDS[noun]

    @given(records)
    def check(record):
        described = resource.describe(record)
        if any("qtree" in remark for remark in described.remarks):
            return
        options = dict(described.options)
        lacking = {name: CREDENTIALS[noun][name] for name in described.lacking if "." not in name and noun != "svm"}
        if described.lacking and noun == "svm":
            options.pop("cifs")  # the account of a domain, interfaces and routes are told nowhere
        made = {}
        operations = planned(resource, {**options, **lacking}, None)
        assert operations[0].creates
        for operation in operations:
            shows = operation.body if operation.display is None else operation.display
            made = resource.planned(made, with_names(shows))
        if noun in ("lun", "file_share"):
            made["cluster"] = record["cluster"]
        again = resource.describe({**made, "key": "new"}).options
        for name in set(options) & set(again) - set(lacking) - {"name", "locked", "operational_state", "admin_state"}:
            assert again[name] == options[name], name

    check()


def test_no_secret_is_described():
    record = {"name": "kim", "authentication_type": "local_user", "role": "operator", "password": "hunter2"}
    assert "hunter2" not in str(user.describe(record))
