# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules that change something, by the least role that may do so. Private to this collection.

Written by tools/generate.py.
"""

from __future__ import annotations

STORAGE_MODULES = (
    "access_endpoint",
    "active_directory_mapping",
    "alert",
    "alert_script",
    "data_placement",
    "event",
    "file_share",
    "igroup",
    "lun",
    "svm",
)
APPLICATION_MODULES = (
    "backup",
    "backup_settings",
    "datasource",
    "ontap",
    "performance_guarantee_levels",
    "performance_service_level",
    "storage_efficiency_policy",
    "user",
)
