# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wished of the server, and whether the server looks so: judged by the simulator's own tables."""

from __future__ import annotations

from typing import Any, NamedTuple

LUNS, IGROUPS = "/storage-provider/luns", "/datacenter/protocols/san/igroups"
GIB = 1024**3
NAMES = ("db01", "db011", "log", "scratch")  # one is the beginning of another
GROUPS = ("ig_a", "ig_ab")
INITIATORS = tuple(f"iqn.1998-01.com.example:h{number}" for number in range(4))
LEVELS = ("Value", "Performance", "Extreme for Database Data")
SVM = "svm1"


class Wish(NamedTuple):
    """A task: a module and its options."""

    module: str
    options: dict[str, Any]

    @property
    def table(self):
        return LUNS if self.module == "lun" else IGROUPS

    def objects(self, records):
        """The records that it is about."""
        name = self.options["name"]
        return [one for one in records if one["svm"]["name"] == SVM and one["name"].rpartition("/")[2] == name]

    def unfulfilled(self, records):
        """What of the wish is not true, as a text; None when all of it is."""
        found = self.objects(records)
        if self.options.get("state") == "absent":
            return "it is still there" if found else None
        if not found:
            return "it is not there"
        record, wrong = found[0], []
        for option, value in self.options.items():
            shown = SHOWN.get(option, lambda record: ...)(record)
            if shown is not ... and shown != WISHED.get(option, lambda value: value)(value):
                wrong.append(f"{option} is {shown!r}")
        return ", ".join(wrong) or None


SHOWN = {
    "size": lambda record: record["space"]["size"],
    "os_type": lambda record: record["os_type"],
    "performance_service_level": lambda record: record["assigned_performance_service_level"]["name"],
    "lun_maps": lambda record: sorted(one["igroup"]["name"] for one in record.get("lun_maps") or []),
    "initiators": lambda record: sorted(one["name"] for one in record.get("initiators") or []),
}
WISHED = {
    "size": lambda value: int(value.removesuffix("GiB")) * GIB,
    "lun_maps": lambda value: sorted(one["igroup"] for one in value),
    "initiators": sorted,
}


def draw(dice, records):
    """A wish, mostly one that changes something.

    :param records: the LUNs that there are; sizes only grow
    """
    if dice.random() < 0.25:
        options = {"name": dice.choice(GROUPS), "svm": SVM}
        if dice.random() < 0.35:
            return Wish("igroup", {**options, "state": "absent"})
        initiators = dice.sample(INITIATORS, dice.randint(0, 3))
        return Wish("igroup", {**options, "os_type": "linux", "protocol": "iscsi", "initiators": initiators})
    options = {"name": dice.choice(NAMES), "svm": SVM}
    if dice.random() < 0.3:
        return Wish("lun", {**options, "state": "absent"})
    there = Wish("lun", options).objects(records)
    least = -(-there[0]["space"]["size"] // GIB) if there else 1
    options.update(
        size=f"{least + dice.randint(0, 2)}GiB",
        os_type="linux",
        performance_service_level=dice.choice(LEVELS[:2]),
    )
    if dice.random() < 0.3:
        options["lun_maps"] = dice.choice(([], [{"igroup": "ig_linux01"}]))
    return Wish("lun", options)
