# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which role a request needs, to say why it is refused with 403 (docs/facts/server.md, 1.3 and 1.6). Pure.

Private to this collection.
"""

from __future__ import annotations

import re
from typing import NamedTuple

OPERATOR, STORAGE, APPLICATION = "Operator", "Storage Administrator", "Application Administrator"
ROLES = (OPERATOR, STORAGE, APPLICATION)  # each may also do what those before it may
READS = ("GET", "HEAD", "OPTIONS")


class Right(NamedTuple):
    """What a part of the API needs.

    :param path: a regular expression for the path below the API's base
    :param objects: what lies there, for messages
    :param reading: the least role that reads it on every server
    :param changing: the least role that changes it on every server
    :param modules: those that change it
    :param otherwise: why a user who has the role may be refused as well, for messages
    """

    path: str
    objects: str
    reading: str
    changing: str
    modules: tuple[str, ...] = ()
    otherwise: str = ""


_OFF = "{} may be switched off in Unified Manager's settings"
_STORAGE_OFF = _OFF.format("policy-based storage management")
GATEWAYS = "/gateways"
# The first that fits counts.
RIGHTS = (
    Right(
        "/storage-provider/performance-service-levels",
        "Performance Service Levels",
        OPERATOR,
        APPLICATION,
        ("performance_service_level", "performance_guarantee_levels"),
        _STORAGE_OFF,
    ),
    Right(
        "/storage-provider/storage-efficiency-policies",
        "Storage Efficiency Policies",
        OPERATOR,
        APPLICATION,
        ("storage_efficiency_policy",),
        _STORAGE_OFF,
    ),
    Right("/storage-provider/luns", "LUNs", OPERATOR, STORAGE, ("lun", "workloads"), _STORAGE_OFF),
    Right("/storage-provider/file-shares", "file shares", OPERATOR, STORAGE, ("file_share", "workloads"), _STORAGE_OFF),
    Right(
        "/storage-provider/access-endpoints", "access endpoints", OPERATOR, STORAGE, ("access_endpoint",), _STORAGE_OFF
    ),
    Right(
        "/storage-provider/active-directories-mappings",
        "Active Directory mappings",
        OPERATOR,
        STORAGE,
        ("active_directory_mapping",),
        _STORAGE_OFF,
    ),
    Right(
        "/storage-provider/data-placement",
        "the placement of data",
        OPERATOR,
        STORAGE,
        ("data_placement",),
        _STORAGE_OFF,
    ),
    Right("/datacenter/svm", "SVMs", OPERATOR, STORAGE, ("svm",)),
    Right("/datacenter/protocols/san/igroups", "initiator groups", OPERATOR, STORAGE, ("igroup",)),
    Right("/storage-provider|/datacenter", "storage", OPERATOR, STORAGE),
    Right("/management-server/alerts", "alerts", OPERATOR, STORAGE, ("alert",)),
    Right(
        "/management-server/scripts",
        "alert scripts",
        OPERATOR,
        STORAGE,
        ("alert_script",),
        _OFF.format("the upload of scripts"),
    ),
    Right("/management-server/events", "events", OPERATOR, STORAGE, ("event",)),
    Right("/management-server/jobs", "Jobs", OPERATOR, APPLICATION),
    Right("/management-server", "the management server", OPERATOR, APPLICATION),
    Right(
        GATEWAYS,
        "clusters through the API gateway",
        OPERATOR,
        APPLICATION,
        ("ontap",),
        _OFF.format("the API gateway") + ", or the cluster refuses the account that Unified Manager keeps of it",
    ),
    Right("/admin/backup-settings", "backup settings", APPLICATION, APPLICATION, ("backup_settings",)),
    Right("/admin/backup", "backups", APPLICATION, APPLICATION, ("backup",)),
    Right("/admin/datasource", "clusters as datasources", APPLICATION, APPLICATION, ("datasource",)),
    Right("/admin", "the administration", APPLICATION, APPLICATION),
    Right("/security", "users", APPLICATION, APPLICATION, ("user",)),
)
NO_ROLE = (
    "Every role that may use the API can do that, so this may be a database user: the roles Integration Schema and"
    " Report Schema have no access to the API."
)


def right_for(path: str) -> Right | None:
    """The right that counts for a path below the API's base; None for a path that is not UM's."""
    return next((right for right in RIGHTS if re.match(rf"(?:{right.path})", path)), None)


def modules_of(role: str) -> tuple[str, ...]:
    """The modules that change something for which this is the least role."""
    return tuple(dict.fromkeys(module for right in RIGHTS if right.changing == role for module in right.modules))


def explained(method: str, path: str) -> str:
    """The sentences for a request that was refused with 403.

    :param path: with or without the API's base, ``/api`` or ``/api/v2``
    """
    below = re.sub(r"^/api(?:/v\d+)?(?=/)", "", path)
    right, reads = right_for(below), method in READS
    if right is None:
        return "The user's role does not allow it."
    role = right.reading if reads else right.changing
    first, *others = ROLES[ROLES.index(role) :]
    roles = " or ".join(([", ".join([first, *others[:-1]])] if others else [first]) + others[-1:])
    doing = f"{'reading' if reads else 'changing'} {right.objects}"
    text = f"The user's role does not allow it: {doing} needs the role {roles}."
    if role == OPERATOR:
        text = f"{text} {NO_ROLE}"
    if right.otherwise and (not reads or right.path == GATEWAYS):
        text = f"{text} If the user has it, {right.otherwise}."
    return text
