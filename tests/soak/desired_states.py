# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task asks of the server, and whether the server looks so: judged by the simulator's own tables."""

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


class Desired(NamedTuple):
    """A task: a module and its options.

    :ivar foreign: options that somebody else sets meanwhile
    """

    module: str
    options: dict[str, Any]
    foreign: tuple[str, ...] = ()

    @property
    def parts(self):
        """One for each object."""
        if self.module == "job_wait":
            return []
        if self.module != "workloads":
            return [self]
        luns = [Desired("lun", {"svm": SVM, **one}) for one in self.options["luns"]]
        return luns + [Desired("file_share", {"svm": SVM, **one}) for one in self.options["file_shares"]]

    def objects(self, records):
        """The records that it is about; each has its table."""
        return [record for part in self.parts for record in part._of_one(records)]

    def _of_one(self, records):
        def is_meant(record):
            on_svm = self.module == "svm" or record["svm"]["name"] == SVM
            return on_svm and record["name"].rpartition("/")[2] == self.options["name"]

        return [one for one in records if one["table"] == TABLES[self.module] and is_meant(one)]

    def difference(self, records):
        """What of it is not true, as a text; None when all of it is."""
        return "; ".join(text for part in self.parts for text in part.wrong(records, self.foreign).values()) or None

    def wrong(self, records, foreign=()):
        """{option: what is not true of it} of the one object that it is about."""
        found = self._of_one(records)
        if self.options.get("state") == "absent":
            return {"state": "it is still there"} if found else {}
        if not found:
            return {"state": "it is not there"}
        record, wrong = found[0], {}
        for option, value in self.options.items():
            shown = SHOWN.get(option, lambda record: ...)(record)
            if shown is not ... and option not in foreign and shown != DESIRED.get(option, lambda value: value)(value):
                wrong[option] = f"{option} is {shown!r}"
        return wrong


SHOWN = {
    "size": lambda record: record["space"]["size"],
    "os_type": lambda record: record["os_type"],
    "performance_service_level": lambda record: record["assigned_performance_service_level"]["name"],
    "lun_maps": lambda record: sorted(one["igroup"]["name"] for one in record.get("lun_maps") or []),
    "admin_state": lambda record: record["state"],
    "address": lambda record: record["ip"]["address"],
    "initiators": lambda record: sorted(one["name"] for one in record.get("initiators") or []),
}
DESIRED = {
    "size": lambda value: int(value.removesuffix("GiB")) * GIB,
    "lun_maps": lambda value: sorted(one["igroup"] for one in value),
    "initiators": sorted,
}


def draw(dice, records):
    """A task, mostly one that changes something.

    :param records: all objects that there are; sizes only grow
    """
    return MAKERS[dice.choices(tuple(MAKERS), (20, 36, 12, 8, 8, 12, 4))[0]](dice, records)


def draw_workloads(dice, records):
    """Several objects in one task, at least three."""
    luns = [_lun(dice, records, (name,)).options for name in dice.sample(NAMES, dice.randint(3, 4))]
    return Desired("workloads", {"luns": luns, "file_shares": [], "max_in_flight": 8})


def overlapping(dice, desired, records):
    """Another state of the same objects, or of some of them."""
    if desired.module in ("job_wait", "workloads"):
        luns = [_lun(dice, records, (name,)).options for name in NAMES[:3]]
        return Desired("workloads", {"luns": luns, "file_shares": [], "max_in_flight": 8})
    for _try in range(50):
        other = MAKERS[desired.module](dice, records)
        if other.options["name"] == desired.options["name"]:
            return other
    return desired


def foreign_edit(desired, records):
    """What a second administrator changes of one of its objects, for the simulator's control API; None without one."""
    for part in desired.parts:
        for record in part.objects(records):
            fields = FOREIGN[part.module](record)
            return {"action": "merge", "table": record["table"], "key": record["key"], "fields": fields}
    return None


def _larger(record):
    return {"space": {**record["space"], "size": record["space"]["size"] + GIB}}


FOREIGN = {
    "igroup": lambda record: {"os_type": "vmware"},
    "lun": _larger,
    "file_share": _larger,
    "svm": lambda record: {"state": "stopped" if record["state"] == "running" else "running"},
    "access_endpoint": lambda record: {"ip": {**record["ip"], "address": "10.0.0.79"}},
}
FOREIGN_OPTIONS = ("os_type", "size", "admin_state", "address")


def _igroup(dice, records):
    options = {"name": dice.choice(GROUPS), "svm": SVM}
    if dice.random() < 0.35:
        return Desired("igroup", {**options, "state": "absent"})
    initiators = dice.sample(INITIATORS, dice.randint(0, 3))
    os_type = dice.choice(("linux", "vmware"))
    return Desired("igroup", {**options, "os_type": os_type, "protocol": "iscsi", "initiators": initiators})


def _lun(dice, records, names=NAMES):
    options = {"name": dice.choice(names), "svm": SVM}
    if dice.random() < 0.3:
        return Desired("lun", {**options, "state": "absent"})
    options.update(_provisioned(dice, Desired("lun", options).objects(records)), os_type="linux")
    if dice.random() < 0.3:
        options["lun_maps"] = dice.choice(([], [{"igroup": "ig_linux01"}]))
    return Desired("lun", options)


def _share(dice, records, names=("home", "home1")):
    options = {"name": dice.choice(names), "svm": SVM}
    if dice.random() < 0.3:
        return Desired("file_share", {**options, "state": "absent"})
    return Desired("file_share", {**options, **_provisioned(dice, Desired("file_share", options).objects(records))})


def _provisioned(dice, there):
    least = -(-there[0]["space"]["size"] // GIB) if there else 1
    return {"size": f"{least + dice.randint(0, 2)}GiB", "performance_service_level": dice.choice(LEVELS[:2])}


def _svm(dice, records):
    options = {"name": dice.choice(("sv_a", "sv_b")), "cluster": "cluster1"}
    if dice.random() < 0.4:
        return Desired("svm", {**options, "state": "absent"})
    return Desired("svm", {**options, "admin_state": dice.choice(("running", "stopped"))})


def _endpoint(dice, records):
    options = {"name": "ep_a", "svm": SVM}
    if dice.random() < 0.4:
        return Desired("access_endpoint", {**options, "state": "absent"})
    address = f"10.0.0.{dice.choice((71, 72))}"
    return Desired(
        "access_endpoint", {**options, "data_protocols": ["nfs"], "address": address, "netmask": "255.255.255.0"}
    )


def _workloads(dice, records):
    luns = [_lun(dice, records, (name,)).options for name in dice.sample(NAMES, dice.randint(1, 4))]
    shares = [_share(dice, records, (name,)).options for name in dice.sample(("home", "home1"), dice.randint(0, 2))]
    return Desired("workloads", {"luns": luns, "file_shares": shares, "max_in_flight": dice.choice((1, 3, 8))})


def _jobs(dice, records):
    """Several Jobs that others submit first, for job_wait: the soak adds their keys."""
    return Desired("job_wait", {"submit": draw_workloads(dice, records).options["luns"]})


MAKERS = {
    "igroup": _igroup,
    "lun": _lun,
    "file_share": _share,
    "svm": _svm,
    "access_endpoint": _endpoint,
    "workloads": _workloads,
    "job_wait": _jobs,
}
