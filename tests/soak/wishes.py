# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wished of the server, and whether the server looks so: judged by the simulator's own tables."""

from __future__ import annotations

from typing import Any, NamedTuple

LUNS, IGROUPS = "/storage-provider/luns", "/datacenter/protocols/san/igroups"
SHARES, SVMS = "/storage-provider/file-shares", "/datacenter/svm/svms"
ENDPOINTS = "/storage-provider/access-endpoints"
TABLES = {"lun": LUNS, "igroup": IGROUPS, "file_share": SHARES, "svm": SVMS, "access_endpoint": ENDPOINTS}
GIB = 1024**3
NAMES = ("db01", "db011", "log", "scratch")  # one is the beginning of another
GROUPS = ("ig_a", "ig_ab")
INITIATORS = tuple(f"iqn.1998-01.com.example:h{number}" for number in range(4))
LEVELS = ("Value", "Performance", "Extreme for Database Data")
SVM = "svm1"


class Wish(NamedTuple):
    """A task: a module and its options.

    :ivar foreign: options that somebody else sets meanwhile
    """

    module: str
    options: dict[str, Any]
    foreign: tuple[str, ...] = ()

    @property
    def parts(self):
        """One for each object."""
        if self.module != "workloads":
            return [self]
        luns = [Wish("lun", {"svm": SVM, **one}) for one in self.options["luns"]]
        return luns + [Wish("file_share", {"svm": SVM, **one}) for one in self.options["file_shares"]]

    def objects(self, records):
        """The records that it is about; each has its table."""
        return [record for part in self.parts for record in part._of_one(records)]

    def _of_one(self, records):
        def is_meant(record):
            on_svm = self.module == "svm" or record["svm"]["name"] == SVM
            return on_svm and record["name"].rpartition("/")[2] == self.options["name"]

        return [one for one in records if one["table"] == TABLES[self.module] and is_meant(one)]

    def unfulfilled(self, records):
        """What of the wish is not true, as a text; None when all of it is."""
        return "; ".join(filter(None, (part._unfulfilled(records, self.foreign) for part in self.parts))) or None

    def _unfulfilled(self, records, foreign):
        found = self._of_one(records)
        if self.options.get("state") == "absent":
            return "it is still there" if found else None
        if not found:
            return "it is not there"
        record, wrong = found[0], []
        for option, value in self.options.items():
            shown = SHOWN.get(option, lambda record: ...)(record)
            if shown is not ... and option not in foreign and shown != WISHED.get(option, lambda value: value)(value):
                wrong.append(f"{option} is {shown!r}")
        return ", ".join(wrong) or None


SHOWN = {
    "size": lambda record: record["space"]["size"],
    "os_type": lambda record: record["os_type"],
    "performance_service_level": lambda record: record["assigned_performance_service_level"]["name"],
    "lun_maps": lambda record: sorted(one["igroup"]["name"] for one in record.get("lun_maps") or []),
    "admin_state": lambda record: record["state"],
    "address": lambda record: record["ip"]["address"],
    "initiators": lambda record: sorted(one["name"] for one in record.get("initiators") or []),
}
WISHED = {
    "size": lambda value: int(value.removesuffix("GiB")) * GIB,
    "lun_maps": lambda value: sorted(one["igroup"] for one in value),
    "initiators": sorted,
}


def draw(dice, records):
    """A wish, mostly one that changes something.

    :param records: all objects that there are; sizes only grow
    """
    maker = dice.choices((_igroup, _lun, _share, _svm, _endpoint, _workloads), (20, 40, 12, 8, 8, 12))[0]
    return maker(dice, records)


def _igroup(dice, records):
    options = {"name": dice.choice(GROUPS), "svm": SVM}
    if dice.random() < 0.35:
        return Wish("igroup", {**options, "state": "absent"})
    initiators = dice.sample(INITIATORS, dice.randint(0, 3))
    os_type = dice.choice(("linux", "vmware"))
    return Wish("igroup", {**options, "os_type": os_type, "protocol": "iscsi", "initiators": initiators})


def _lun(dice, records, names=NAMES):
    options = {"name": dice.choice(names), "svm": SVM}
    if dice.random() < 0.3:
        return Wish("lun", {**options, "state": "absent"})
    options.update(_provisioned(dice, Wish("lun", options).objects(records)), os_type="linux")
    if dice.random() < 0.3:
        options["lun_maps"] = dice.choice(([], [{"igroup": "ig_linux01"}]))
    return Wish("lun", options)


def _share(dice, records, names=("home", "home1")):
    options = {"name": dice.choice(names), "svm": SVM}
    if dice.random() < 0.3:
        return Wish("file_share", {**options, "state": "absent"})
    return Wish("file_share", {**options, **_provisioned(dice, Wish("file_share", options).objects(records))})


def _provisioned(dice, there):
    least = -(-there[0]["space"]["size"] // GIB) if there else 1
    return {"size": f"{least + dice.randint(0, 2)}GiB", "performance_service_level": dice.choice(LEVELS[:2])}


def _svm(dice, records):
    options = {"name": dice.choice(("sv_a", "sv_b")), "cluster": "cluster1"}
    if dice.random() < 0.4:
        return Wish("svm", {**options, "state": "absent"})
    return Wish("svm", {**options, "admin_state": dice.choice(("running", "stopped"))})


def _endpoint(dice, records):
    options = {"name": "ep_a", "svm": SVM}
    if dice.random() < 0.4:
        return Wish("access_endpoint", {**options, "state": "absent"})
    address = f"10.0.0.{dice.choice((71, 72))}"
    return Wish(
        "access_endpoint", {**options, "data_protocols": ["nfs"], "address": address, "netmask": "255.255.255.0"}
    )


def _workloads(dice, records):
    luns = [_lun(dice, records, (name,)).options for name in dice.sample(NAMES, dice.randint(1, 4))]
    shares = [_share(dice, records, (name,)).options for name in dice.sample(("home", "home1"), dice.randint(0, 2))]
    return Wish("workloads", {"luns": luns, "file_shares": shares, "max_in_flight": dice.choice((1, 3, 8))})
