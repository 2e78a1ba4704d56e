# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The public interface of the collection: what playbooks can write, and what they can read in results.

    python tools/interface.py

writes it, as plugins and roles document it, to interface.json beside its test, as that of galaxy.yml's version. The
test compares the collection with it from then on. What a version may change stands in
docs/docsite/rst/guide_versions.rst.
"""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterator
from typing import Any

from tools.reading import load_yaml, texts_of

ROOT = pathlib.Path(__file__).resolve().parents[1]
SNAPSHOT = ROOT / "tests" / "unit" / "repository" / "interface.json"
NAMESPACE = "aiqum.unified_manager"
PLUGINS = {
    "module": "plugins/modules",
    "inventory": "plugins/inventory",
    "event source": "extensions/eda/plugins/event_source",
}

# What playbooks rely on: by kind ("module lun"), by "options" or "returns", and by path ("lun_maps.igroup").
Interface = dict[str, dict[str, dict[str, dict[str, Any]]]]


def version() -> str:
    return str(load_yaml((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"])


def current() -> Interface:
    """The interface as the files of this checkout document it."""
    found: Interface = {}
    for kind, folder in PLUGINS.items():
        for path in sorted((ROOT / folder).glob("*.py")):
            texts = texts_of(path)
            documentation = load_yaml(texts["DOCUMENTATION"])
            found[f"{kind} {path.stem}"] = {
                "options": dict(_options(_all_options(documentation))),
                "returns": dict(_returns(load_yaml(texts.get("RETURN", "{}")))),
            }
    for path in sorted((ROOT / "roles").glob("*/meta/argument_specs.yml")):
        options = load_yaml(path.read_text(encoding="utf-8"))["argument_specs"]["main"].get("options") or {}
        found[f"role {path.parents[1].name}"] = {"options": dict(_options(options)), "returns": {}}
    runtime = load_yaml((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    for group, members in runtime["action_groups"].items():
        names = [name for name in members if isinstance(name, str)]
        found[f"action group {group}"] = {"options": {name: {} for name in names}, "returns": {}}
    return found


def _all_options(documentation: dict[str, Any]) -> dict[str, Any]:
    """The options of a plugin and of fragments of this collection; those of Ansible's fragments are Ansible's own."""
    options: dict[str, Any] = {}
    for name in documentation.get("extends_documentation_fragment") or []:
        if name.startswith(f"{NAMESPACE}."):
            fragment, _dot, part = name.removeprefix(f"{NAMESPACE}.").partition(".")
            texts = texts_of(ROOT / "plugins" / "doc_fragments" / f"{fragment}.py")
            options |= load_yaml(texts[part.upper() or "DOCUMENTATION"]).get("options") or {}
    return options | (documentation.get("options") or {})


def _options(options: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, option in options.items():
        facts = {
            "type": option.get("type", "str"),
            "elements": option.get("elements"),
            "required": bool(option.get("required")),
            "default": option.get("default"),
            "choices": sorted(map(str, option.get("choices") or ())),
            "aliases": sorted(option.get("aliases") or ()),
        }
        yield prefix + name, {fact: value for fact, value in facts.items() if value not in (None, False, [])}
        yield from _options(option.get("suboptions") or option.get("options") or {}, f"{prefix}{name}.")


def _returns(values: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, value in values.items():
        facts = {"type": value.get("type"), "elements": value.get("elements")}
        yield prefix + name, {fact: text for fact, text in facts.items() if text}
        yield from _returns(value.get("contains") or {}, f"{prefix}{name}.")


def level(before: str, after: str) -> str:
    """By what a version differs from an earlier one: ``same``, ``patch``, ``minor`` or ``major``.

    Before 1.0.0 a minor version may break, so it counts as a major one.
    """
    old, new = (tuple(map(int, text.partition("-")[0].split("."))) for text in (before, after))
    if old[0] != new[0] or (old[0] == 0 and old[1] != new[1]):
        return "major"
    if old[1] != new[1]:
        return "minor"
    return "same" if before == after else "patch"


def breaks(before: Interface, after: Interface) -> list[str]:
    """What would break a playbook that was written for the interface before, a sentence each."""
    found = []
    for kind, parts in before.items():
        if kind not in after:
            found.append(f"{kind}: removed")
            continue
        for part, entries in parts.items():
            now = after[kind][part]
            for path, facts in entries.items():
                found += [f"{kind}, {part}, {path}: {text}" for text in _changes(facts, now.get(path))]
        required = [path for path, facts in after[kind]["options"].items() if facts.get("required")]
        new = set(required) - set(parts["options"])
        found += [
            f"{kind}, options, {path}: new and required" for path in sorted(new) if _given(path, parts["options"])
        ]
    return found


def additions(before: Interface, after: Interface) -> list[str]:
    """What is new, and therefore nothing for a version that only fixes, a sentence each."""
    found = [f"{kind}: new" for kind in after if kind not in before]
    for kind in sorted(set(before) & set(after)):
        for part, entries in after[kind].items():
            for path, facts in entries.items():
                old = before[kind][part].get(path)
                if old is None:
                    found.append(f"{kind}, {part}, {path}: new")
                    continue
                for fact in ("choices", "aliases"):
                    more = sorted(set(facts.get(fact, ())) - set(old.get(fact, ())))
                    found += [f"{kind}, {part}, {path}: new in {fact}: {', '.join(more)}"] if more else []
    return found


def _given(path: str, known: dict[str, Any]) -> bool:
    """Whether playbooks can already give what the option stands in: a new dictionary may require what it wants."""
    parent = path.rpartition(".")[0]
    return not parent or parent in known


def _changes(before: dict[str, Any], after: dict[str, Any] | None) -> Iterator[str]:
    if after is None:
        yield "removed"
        return
    for fact in ("type", "elements", "default"):
        if before.get(fact) != after.get(fact):
            yield f"{fact} was {before.get(fact)!r} and is {after.get(fact)!r}"
    if after.get("required") and not before.get("required"):
        yield "was optional and is required"
    for fact in ("choices", "aliases"):
        gone = sorted(set(before.get(fact, ())) - set(after.get(fact, ())))
        if gone and (after.get(fact) or fact == "aliases"):
            yield f"no longer in {fact}: {', '.join(gone)}"
    if after.get("choices") and not before.get("choices"):
        yield "any value was accepted, and only choices are"


def write(interface: Interface, named: str, path: pathlib.Path) -> None:
    """One line for each option and each returned value, so that a difference can be read."""
    lines = []
    for kind, parts in interface.items():
        for part, entries in parts.items():
            lines += [json.dumps([kind, part, entry, facts], sort_keys=True) for entry, facts in entries.items()]
    text = ",\n".join(lines)
    path.write_text(f'{{"version": {json.dumps(named)}, "interface": [\n{text}\n]}}\n', encoding="utf-8")


def read(path: pathlib.Path) -> tuple[str, Interface]:
    """The version and the interface that were written."""
    content = json.loads(path.read_text(encoding="utf-8"))
    interface: Interface = {}
    for kind, part, entry, facts in content["interface"]:
        interface.setdefault(kind, {"options": {}, "returns": {}})[part][entry] = facts
    return content["version"], interface


def main() -> None:
    write(current(), version(), SNAPSHOT)
    print(f"{SNAPSHOT.relative_to(ROOT)} has the interface of {version()}")


if __name__ == "__main__":
    main()
