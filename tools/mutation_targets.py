# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that mutation testing tries, and the tests that are about each; both without the folder that all share."""

from __future__ import annotations

# What nouns declare is compared with what is documented and described; what they owe shows in the engine.
DECLARED = ("_resources/test_describe.py", "../../repository/test_options.py")
OWED = ("_engine/test_answers_without_a_job.py", "_engine/test_inventory_lag.py")
# What is tried once more with a mutant that the tests of its own file do not notice: all that take less than a minute.
ALL_TESTS = (
    *("_base", "_model", "_um", "_jobs", "_engine", "_resources"),
    *(f"_tasks/test_{name}.py" for name in ("batch", "configuration", "configuration_info", "event", "job_wait")),
    *(f"_tasks/test_{name}.py" for name in ("datacenter_info", "ontap", "read", "requests", "workloads")),
    "_tasks/test_diagnosis_below_http.py",
    "../../hostile",
)
# The files that are tried, each with the tests that are about it, the quickest first.
TARGETS: dict[str, tuple[str, ...]] = {
    "_base/addresses.py": ("_base", "_resources/test_access_endpoint.py"),
    "_base/deadline.py": ("_jobs/test_poller.py", "_jobs/test_rounds.py", "_base"),
    "_base/escapes.py": ("_base", "../../hostile/test_secrets.py"),
    "_base/lenient.py": ("_base",),
    "_base/names.py": ("_base", "_engine/test_lookup.py"),
    "_base/redact.py": ("_base", "../../hostile/test_secrets.py"),
    "_base/sizes.py": ("_base",),
    "_base/texts.py": ("_base", "_model", "_jobs/test_watched_job.py"),
    "_base/times.py": ("_base",),
    "_jobs/children.py": ("_jobs/test_children.py",),
    "_jobs/long_polling.py": ("_jobs/test_long_polling.py",),
    "_jobs/job.py": ("_jobs/test_job.py", "_jobs/test_watched_job.py"),
    "_jobs/lock.py": ("_jobs/test_lock.py",),
    "_jobs/look.py": ("_jobs/test_poller.py", "_jobs/test_long_polling.py", "_jobs/test_rounds.py"),
    "_jobs/ontap_job.py": ("_jobs/test_ontap_job.py",),
    "_jobs/other_runs.py": ("_jobs/test_other_runs.py",),
    "_jobs/poller.py": ("_jobs/test_poller.py", "_jobs/test_long_polling.py", "_jobs/test_rounds.py"),
    "_jobs/progress.py": ("_jobs/test_progress.py",),
    "_jobs/recent_changes.py": ("_jobs/test_recent_changes.py",),
    "_jobs/schedule.py": ("_jobs/test_poller.py",),
    "_jobs/submission.py": ("_jobs/test_submission.py", "_engine/test_executor.py", "_engine/test_lost_answers.py"),
    "_jobs/watched_job.py": (
        "_jobs/test_watched_job.py",
        "_jobs/test_poller.py",
        "_jobs/test_ontap_job.py",
        "_jobs/test_rounds.py",
    ),
    "_engine/read_back.py": ("_engine", "_tasks/test_workloads.py"),
    "_engine/executor.py": ("_engine", "_tasks/test_workloads.py", "_jobs/test_other_runs.py"),
    "_engine/list_cache.py": ("_engine",),
    "_engine/long_lists.py": ("_engine/test_long_lists.py",),
    "_engine/lookup.py": ("_engine", "_tasks/test_workloads.py"),
    "_engine/picking.py": ("_engine", "_tasks/test_workloads.py"),
    "_engine/planner.py": ("_engine", "_tasks/test_batch.py", "_tasks/test_workloads.py"),
    "_engine/reader.py": ("_engine", "_tasks/test_workloads.py"),
    "_engine/report.py": ("_engine", "_tasks/test_batch.py"),
    "_engine/run.py": ("_engine/test_run.py", "_engine"),
    "_engine/signals.py": ("_engine",),
    "_engine/target.py": ("_engine", "_tasks/test_ontap.py", "_tasks/test_workloads.py"),
    "_engine/visibility.py": ("_engine",),
    "_model/desired.py": ("_model", "_tasks/test_workloads.py", "_resources/test_describe.py"),
    "_model/listing.py": ("_model", "_tasks/test_read.py"),
    "_model/options.py": ("_model", "_engine/test_run.py"),
    "_model/resource.py": ("_model", "_engine", "_resources/test_describe.py"),
    "_model/validation.py": ("_model", "../../hostile/test_lists_of_names.py"),
    "_tasks/batch.py": ("_tasks/test_batch.py", "_tasks/test_event.py", "_tasks/test_workloads.py"),
    "_tasks/change.py": ("_engine/test_run.py", "_engine"),
    "_tasks/configuration.py": ("_tasks/test_configuration.py", "../../repository/test_options.py"),
    "_tasks/configuration_info.py": ("_tasks/test_configuration_info.py",),
    "_tasks/diagnosis_info.py": ("_tasks/test_diagnosis_below_http.py", "_tasks/test_diagnosis_info.py"),
    "_tasks/event.py": ("_tasks/test_event.py",),
    "_tasks/job_wait.py": ("_tasks/test_job_wait.py",),
    "_tasks/ontap.py": ("_tasks/test_ontap.py",),
    "_tasks/read.py": ("_tasks/test_read.py", "_tasks/test_datacenter_info.py"),
    "_tasks/workloads.py": ("_tasks/test_workloads.py", "../../repository/test_options.py"),
    "_um/client.py": ("_um/test_transport.py", "_um/test_records.py", "_engine/test_lookup.py", "_tasks/test_read.py"),
    "_um/replies.py": ("_um/test_transport.py", "_um/test_records.py"),
    "_um/pages.py": ("_um/test_pages.py",),
    "_um/transport.py": ("_um/test_transport.py", "_um/test_wire.py"),
    "_um/wire.py": ("_um/test_wire.py", "_um/test_transport.py"),
    "_resources/access_endpoint.py": ("_resources/test_access_endpoint.py", *DECLARED, *OWED),
    "_resources/alert.py": ("_resources/test_alert.py", *DECLARED),
    "_resources/backup.py": ("_resources/test_backups.py",),
    "_resources/datasource.py": ("_resources/test_administration.py", *DECLARED),
    "_resources/event.py": ("_resources/test_event.py",),
    "_resources/file_share.py": ("_resources/test_file_share.py", *DECLARED, *OWED),
    "_resources/igroup.py": ("_resources/test_igroup.py", *DECLARED, *OWED),
    "_resources/lun.py": ("_resources/test_lun.py", "_resources/test_renaming.py", *DECLARED, *OWED),
    "_resources/svm.py": ("_resources/test_svm.py", *DECLARED, *OWED),
    "_resources/user.py": ("_resources/test_user.py", *DECLARED),
}
# Mutants that no test can kill, since they change nothing that anyone can see: (file, text before, text after).
EQUIVALENT: dict[tuple[str, str, str], str] = {
    ("_um/transport.py", "10", "20"): "a power of two that is too large for a float comes only after years of pauses",
    (
        "_jobs/recent_changes.py",
        "name in self._text and any(is_about(job, name) for job in self._jobs)",
        "(any((is_about(job, name) for job in self._jobs)))",
    ): "the first part only saves time: a name that is in no text is in no job's",
    (
        "_tasks/configuration.py",
        'target.record and target.desired.get("state") == "absent" and gained[target.key]',
        "(target.record and target.desired.get('state') == 'absent')",
    ): "a policy that neither gains nor loses a workload is planned anew as it was",
}
