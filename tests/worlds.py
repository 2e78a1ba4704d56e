# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unified Managers at random, small, and the same for each number.

Names are odd, and stand on two clusters and in several SVMs. LUNs lie in volumes that UM made, alone or with others,
and in volumes that somebody else made.
"""

from __future__ import annotations

from random import Random
from typing import Any

from tests.simulator import network, paths, storage
from tests.simulator.keys import named_uuid
from tests.simulator.resources import (
    alerts,
    backups,
    datasources,
    file_share_tasks,
    igroups,
    lun_records,
    performance_service_levels,
    storage_efficiency_policies,
)
from tests.simulator.seed import datacenter, users
from tests.simulator.state import State
from tests.simulator.world import World

Record = dict[str, Any]

MIB = 1024**2
GIB = 1024**3
KEPT_USERS = ("admin", "umadmin")
WORDS = ("db", "DB", "log", "web01", "mail", "x")
ODD = (
    *(
        "Größe 1",
        "a b",
        "it's",
        "db|prod",
        "*star",
        "a,b",
        "x..y",
        "!not",
        "<tag>",
        "100 %",
        "数据 库",
        "& co",
        "#1: yes",
    ),
    *(
        "{{ braces }}",
        "{% raw %}",
        "{# none #}",
        "null",
        "0",
        "true",
        "- dash",
        "key: value",
        "[list]",
        "~",
        "=1",
        "a+b",
    ),
)
REFUSED = ('say "hi"', "why?", "back\\slash", named_uuid("a name like a key"))  # no module takes them as names
LINUX = "iqn.1994-05.com.redhat:"


class Worlds:
    """Makes the world of a number.

    :param number: of the world
    :param refused: whether some names are such as no module takes
    """

    def __init__(self, number: int, refused: bool = True) -> None:
        self.number = number
        self._refused = refused
        self._random = Random(number)
        self._address = 0

    def fill(self, state: State) -> World:
        """Put the world into a simulator, instead of the one that is there."""
        world = state.world = World(state.switches)
        users.seed(world)
        for name in [user["name"] for user in world.table(paths.USERS).values()]:
            if name not in KEPT_USERS:
                world.table(paths.USERS).remove(name)
        for module in (performance_service_levels, storage_efficiency_policies, backups):
            module.seed(world)
        self._management(world)
        self._clusters(world)
        datasources.seed_late(world)
        self._alerts(world)
        world.finish_seeding()
        return world

    def _some(self, most: int, least: int = 0) -> range:
        return range(self._random.randint(least, most))

    def _name(self) -> str:
        draw = self._random.random()
        if self._refused and draw < 0.04:
            return self._random.choice(REFUSED)
        return self._random.choice(ODD if draw < 0.6 else WORDS)

    def _names(self, most: int, least: int = 0) -> list[str]:
        """Names that differ in more than their case."""
        return list({name.casefold(): name for name in [self._name() for _number in self._some(most, least)]}.values())

    def _text(self) -> str | None:
        return self._random.choice((None, *ODD, 'say "why?"'))

    def _management(self, world: World) -> None:
        """What belongs to UM alone."""
        for name in self._names(3):
            self._level(world, name)
        for name in self._names(3):
            key = named_uuid("policy", name)
            own = {"name": name, "system_defined": False, "workload_count": 0, "description": self._text()}
            modes = [self._random.choice(("inline", "background", "none")) for _field in range(2)]
            settings = {"compression": modes[0], "deduplication": modes[1], "space_thin_provisioned": True}
            world.table(paths.STORAGE_EFFICIENCY_POLICIES).put({"key": key, **own, **settings})
        for name in self._names(3):
            self._user(world, name)
        for name in self._names(2):
            key = named_uuid("script", name)
            world.table(paths.SCRIPTS).put({"key": key, "name": name, "description": self._text()})
        schedule = self._random.choice((("daily", None), ("weekly", "monday"), ("none", "friday"), ("none", None)))
        settings = dict(zip(("frequency", "day_of_week"), schedule, strict=True), hour=self._random.randrange(24))
        shown = world.record(paths.BACKUP_SETTINGS, backups.SETTINGS)
        world.table(paths.BACKUP_SETTINGS).put({**shown, **settings, "retention_count": self._random.choice((0, 3))})

    def _level(self, world: World, name: str) -> None:
        iops = {"absolute_min_iops": 1000, "expected_iops_per_tb": 200, "peak_iops_per_tb": 400}
        world.table(paths.PERFORMANCE_SERVICE_LEVELS).put(
            {
                "key": named_uuid("level", name),
                "name": name,
                "description": self._text(),
                "iops": {**iops, "peak_iops_allocation_policy": "used_space"},
                "latency": {"expected": self._random.choice((1, 2.5, 17.0))},
                "system_defined": False,
                "workload_count": 0,
            }
        )

    def _user(self, world: World, name: str) -> None:
        kind = self._random.choice(("local_user", "ldap_user", "ldap_group", "database_user"))
        database = kind == "database_user"
        world.table(paths.USERS).put(
            {
                "name": name,
                "authentication_type": kind,
                "role": "report_schema" if database else self._random.choice(("operator", "administrator")),
                "email": f"{named_uuid(name)}@example.com" if kind in ("local_user", "ldap_user") else None,
                "group": kind == "ldap_group",
                "locked": self._random.choice(("yes", "no")) if kind == "local_user" else "na",
            }
        )

    def _clusters(self, world: World) -> None:
        for number in range(1, self._random.choice((1, 1, 2, 3)) + 1):
            all_san = number == 3
            datacenter.add_cluster(world, number, f"cluster{number}", f"10.0.0.{number}", 2, "AFF-A400", all_san)
            for aggregate in ("aggr1", "aggr2"):
                datacenter.add_aggregate(world, f"cluster{number}", aggregate, 1, "ssd", 40 * datacenter.TIB, 0)
            for name in self._random.sample(("svm1", "svm2"), self._random.randint(0, 2)):
                self._svm(world, f"cluster{number}", name, all_san)

    def _svm(self, world: World, cluster: str, name: str, all_san: bool) -> None:
        aggregates = self._random.choice((("aggr1",), ("aggr1", "aggr2")))
        mixed = all_san or self._random.random() < 0.5  # somebody else has volumes there
        nas = () if all_san else ("nfs", "cifs") if mixed else ("nfs",)
        svm = datacenter.add_svm(world, cluster, name, aggregates, ("iscsi", *nas))
        if self._random.random() < 0.3:
            network.add_fc_endpoint(world, svm, self._node(world, svm), named_uuid(svm["key"], "fc"), "fc lif")
        for number, protocol in enumerate(("iscsi", *nas)):
            self._endpoint(world, svm, f"{self._random.choice(ODD)} {number}", [protocol])
        if nas and self._random.random() < 0.5:
            self._mapping(world, svm)
        for igroup in self._names(3):
            initiators = tuple(LINUX + str(index) for index in self._some(3))
            datacenter.add_igroup(world, svm, igroup, self._random.choice(igroups.OS_TYPES), "iscsi", initiators)
        self._luns(world, svm, mixed)
        if nas:
            self._shares(world, svm, mixed)

    def _node(self, world: World, svm: Record) -> Record:
        return world.record(paths.NODES, world.record(paths.AGGREGATES, svm["aggregates"][0]["key"])["node"]["key"])

    def _endpoint(self, world: World, svm: Record, name: str, protocols: list[str]) -> None:
        self._address += 1
        vlan = self._random.choice((None, None, 7))
        network.add_network_endpoint(
            *(world, svm, self._node(world, svm), named_uuid(svm["key"], name), name, protocols),
            *(f"10.1.0.{self._address}", "255.255.0.0", self._random.choice((None, "10.1.0.254"))),
            *(vlan, 9000 if vlan else None),
        )

    def _mapping(self, world: World, svm: Record) -> None:
        key = named_uuid(svm["key"], "mapping")
        account = "joiner" if self._random.random() < 0.5 or not self._refused else None
        record = {"key": key, "domain": "ad.example.com", "dns": "10.0.0.53", "username": account}
        world.table(paths.ACTIVE_DIRECTORY_MAPPINGS).put({**record, "svm": paths.reference(paths.SVMS, svm)})

    def _luns(self, world: World, svm: Record, mixed: bool) -> None:
        """Several volumes, some with several LUNs, some LUNs with the same name."""
        for tag in self._names(2):
            volume = self._volume(world, svm, f"AIQUM_{tag}")
            world.note(volume["key"])["made_by_um"] = True
            for name in self._names(3, 1):
                self._lun(world, svm, volume, name)
        if mixed:
            volume = self._volume(world, svm, "vol_mixed")
            for name in self._names(2):
                self._lun(world, svm, volume, name)

    def _volume(self, world: World, svm: Record, name: str) -> Record:
        aggregate = world.record(paths.AGGREGATES, svm["aggregates"][0]["key"])
        uuid = named_uuid(svm["key"], "volume", name)
        volume = storage.volume_record(world, svm, aggregate, name, uuid, 100 * GIB)
        world.table(paths.VOLUMES).put(volume)
        return volume

    def _lun(self, world: World, svm: Record, volume: Record, name: str) -> None:
        uuid = named_uuid(volume["key"], name)
        size = self._random.choice((MIB, GIB, GIB + MIB, 3 * GIB))
        lun = lun_records.new_lun(
            world, volume, uuid, name, size, self._random.choice(("linux", "vmware")), *self._assigned(world)
        )
        found = [one for one in world.table(paths.IGROUPS).values() if one["svm"]["key"] == svm["key"]]
        maps = [
            lun_records.map_entry(world, igroup["key"], number)
            for igroup in self._random.sample(found, self._random.randint(0, min(2, len(found))))
            for number in [len(lun_records.numbers_in_use(world, svm["key"], igroup["key"], lun["key"]))]
        ]
        lun.update({"lun_maps": maps} if maps else {})
        storage.fill_volume(world, volume["key"], size)
        lun_records.store(world, lun, self._random.choice((None, "offline")))

    def _assigned(self, world: World) -> tuple[str, str | None]:
        """A level, and perhaps a policy; both may be the system's."""
        level, policy = (
            self._random.choice([record["key"] for record in world.table(path).values()])
            for path in (paths.PERFORMANCE_SERVICE_LEVELS, paths.STORAGE_EFFICIENCY_POLICIES)
        )
        return level, self._random.choice((policy, None))

    def _shares(self, world: World, svm: Record, mixed: bool) -> None:
        default = file_share_tasks.default_policy(world, svm)
        rules = [{"index": 1, "clients": [{"match": "10.0.0.0/8"}], "ro_rule": ["sys"], "rw_rule": ["any"]}]
        if mixed:
            file_share_tasks.new_policy(world, svm, "by_hand", [{**rules[0], "protocols": ["nfs3"]}])
        for number in self._some(2):
            name = f"share_{number}_{svm['name']}"
            volume = self._volume(world, svm, name)
            share = file_share_tasks.add_share(world, volume, 2 * GIB, *self._assigned(world))
            policies = [{"rules": rules}, {"key": default["key"]}, {"rules": rules, "name_tag": self._name()}]
            if mixed:
                policies += [
                    {"key": policy["key"]}
                    for policy in world.table(paths.EXPORT_POLICIES).find("name", "by_hand")
                    if policy["svm"]["key"] == svm["key"]
                ]
                acl = [{"user_or_group": "EXAMPLE\\ops", "permission": "change"}]
                file_share_tasks.set_acl(world, share["key"], {"acl": self._random.choice(([], acl))})
            file_share_tasks.set_export_policy(world, share["key"], self._random.choice(policies))

    def _alerts(self, world: World) -> None:
        scripts = [{name: script[name] for name in ("key", "name")} for script in world.table(paths.SCRIPTS).values()]
        for name in self._names(4):
            notification = {
                "emails": self._random.choice(([], ["a@example.com", "b@example.com"])),
                "send_snmp_trap": self._random.choice((True, False)),
                **dict(
                    zip(alerts.TIMES, self._random.choice(((None,) * 3, ("PT5M", "PT8H", "PT64800S"))), strict=True)
                ),
            }
            resource = {"type": "volume", "include": [self._name()], "exclude": [], "include_all": False, "keys": []}
            world.table(paths.ALERTS).put(
                {
                    "key": named_uuid("alert", name),
                    "name": name,
                    "description": self._text(),
                    "enabled": self._random.choice((True, False)),
                    "action": {
                        "notification": notification,
                        "script": self._random.choice([*scripts, {"key": None, "name": None}]),
                    },
                    "event": {"severities": self._random.choice((["critical"], ["error", "warning"])), "types": []},
                    "resource": self._random.choice(([], [resource])),
                }
            )
