# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names and keys as UM's filters and paths take them (docs/facts/server.md, 2.4 and 7). Private to this collection."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from .errors import BadInput

LONGEST_NAME = 512
SCOPE = ("svm", "cluster", "volume")  # what tells objects of one name apart
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
# Some examples have a comma where all others have a colon (docs/facts/server.md, 0.3).
_OBJECT_KEY = re.compile(rf"{_UUID}[:,]type=([a-z_]+)(,[^\x00-\x1f/?#]+)?", re.IGNORECASE)
_PLAIN_KEY = re.compile(_UUID, re.IGNORECASE)
_OPERATORS = re.compile(r"[*|,!<>]|\.\.")


def object_type(text: object) -> str | None:
    """The ``type`` of a key such as ``<cluster>:type=vserver,uuid=<uuid>``; None when the text is no such key."""
    match = _OBJECT_KEY.fullmatch(str(text))
    return match.group(1).casefold() if match else None


def is_key(text: object) -> bool:
    """A key of UM: the long form of inventory objects, or the plain UUID of policies and their like."""
    return object_type(text) is not None or bool(_PLAIN_KEY.fullmatch(str(text)))


def checked_name(text: object, option: str, backslash: bool = False) -> str:
    """The text, if it can be the name of something in UM.

    :param backslash: it may have one, as Windows accounts have
    :raises BadInput: as ``checked_text``, or with characters that UM takes in no filter
    """
    name = checked_text(text, option)
    for character in '?"\\':
        if character in name and not (backslash and character == "\\"):
            raise BadInput(
                f"{option}: {name!r} contains {character!r}, which no name in Unified Manager has; remove it."
            )
    return name


def checked_text(text: object, option: str) -> str:
    """The text, if it can name something in any system.

    :raises BadInput: it is empty, too long, unprintable, or begins or ends with a blank
    """
    name = str(text)
    if not name.strip():
        raise BadInput(f"{option}: a name must not be empty.")
    if len(name) > LONGEST_NAME:
        raise BadInput(f"{option}: a name of {len(name)} characters is too long; the limit is {LONGEST_NAME}.")
    if not name.isprintable():
        raise BadInput(f"{option}: {name!r} has an unprintable character; remove it.")
    if name != name.strip():
        raise BadInput(f"{option}: {name!r} begins or ends with a blank; remove it.")
    return name


def can_be_given(name: object) -> bool:
    """Whether an option takes this name of an object, and takes it for a name."""
    try:
        checked_name(name, "name")
    except BadInput:
        return False
    return not is_key(name)


def refuse_other_key(text: object, option: str, title: str, *types: str | None) -> None:
    """Let names pass, and keys of the right type.

    :param title: what the key should be of, for the message
    :param types: the ``type`` that its key may have; None is a plain UUID
    :raises BadInput: it is a key of something else
    """
    if is_key(text) and object_type(text) not in types:
        article = "an" if title[0] in "aeiou" or title == "SVM" else "a"
        raise BadInput(f"{option}: {text!r} is a key, but not that of {article} {title}.")


def path_of(collection: str, key: str) -> str:
    """The path of one object. UM's keys hold ``:``, ``=``, ``,`` and quotes; they are quoted here and nowhere else.

    :raises BadInput: a text that would lead to another path
    """
    if key in ("", ".", ".."):
        raise BadInput(f"{key!r} is not a key.")
    return f"{collection}/{quote(key, safe='')}"


def literal(name: str) -> str:
    """A filter value that means exactly this text: in quotes where UM would read operators."""
    return f'"{name}"' if _OPERATORS.search(name) else name


def has_operators(name: str) -> bool:
    return bool(_OPERATORS.search(name))


def path_filter(name: str) -> dict[str, str]:
    """The filter for what is named by a path, ``/vol/<volume>/<name>``, or by its last part.

    A pattern cannot stand in quotes, so that names with operators are not filtered, only tested afterwards.
    """
    if has_operators(name):
        return {}
    return {"name": name if "/" in name else f"*/{name}"}


def by(field: str, name_or_key: str) -> dict[str, str]:
    """The filter for an object that is referred to: ``{"svm.name": ...}`` or ``{"svm.key": ...}``."""
    if is_key(name_or_key):
        return {f"{field}.key": name_or_key}
    return {f"{field}.name": literal(name_or_key)}


def refers(record: Any, name_or_key: str | None) -> bool:
    """Whether a reference in a record (``{key, name, ...}``) is to what was named; None refers to everything."""
    if name_or_key is None:
        return True
    if not isinstance(record, Mapping):
        return False
    if is_key(name_or_key):
        return same_key(record.get("key"), name_or_key)
    return record.get("name") == name_or_key


def elsewhere(record: Mapping[str, Any], name_or_key: Mapping[str, Any]) -> str | None:
    """The option that names another scope than the record shows; None where both agree in all that they name."""
    for option in SCOPE:
        shown, named = record.get(option), name_or_key.get(option)
        comparable = named and isinstance(shown, Mapping) and shown.get("key" if is_key(named) else "name")
        if comparable and not refers(shown, named):
            return option
    return None


def same_key(one: Any, other: Any) -> bool:
    return str(one).casefold() == str(other).casefold()
