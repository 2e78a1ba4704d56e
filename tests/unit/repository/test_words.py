# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words in which the code speaks to users; the functional tests judge what is shown when it runs."""

from __future__ import annotations

import ast
import pathlib
import re

import pytest

from tests.words import messages_of, refused, shown_lines
from tools.mirror import source_files
from tools.reading import load_yaml, tree_of

ROOT = pathlib.Path(__file__).resolve().parents[3]
SOURCES = sorted(
    path
    for folder in ("plugins/module_utils", "plugins/plugin_utils", "plugins/inventory", "extensions/eda", "playbooks")
    for path in (ROOT / folder).rglob("*.py")
)
PLAYS = sorted(path for folder in ("roles", "playbooks") for path in (ROOT / folder).rglob("*.yml"))
SPOKEN = ("msg", "fail_msg", "success_msg", "name", "message", "rule")
DOCUMENTATION = ("DOCUMENTATION", "EXAMPLES", "RETURN")


def literals(tree: ast.AST) -> list[tuple[int, str]]:
    """The sentences in a source, with {} for each value: texts of several words that are not documentation."""
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    documents = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in DOCUMENTATION
    }
    parts = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if len(re.findall(r"[A-Za-z]{2,}", text)) > 1 and node not in docstrings | documents | parts:
            found.append((node.lineno, text))
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_messages_in_the_code_are_plain_english(path):
    spoken = literals(tree_of(path))
    assert [f"line {line}: {fault}" for line, text in spoken for fault in refused(text)] == []


def test_messages_are_found_in_the_code():
    tree = ast.parse('"""No such."""\ndef f(x):\n    "Nobody."\n    raise E(f"{x}: it must" " be one.", "a b")\n')
    assert literals(tree) == [(4, "{}: it must be one.")]


def spoken_by(play: object) -> list[str]:
    """The names and messages of tasks, at every level of a list of tasks or plays."""
    if isinstance(play, list):
        return [text for one in play for text in spoken_by(one)]
    if not isinstance(play, dict):
        return []
    own = [str(value) for name, value in play.items() if name in SPOKEN and isinstance(value, str)]
    return own + [text for value in play.values() if isinstance(value, (dict, list)) for text in spoken_by(value)]


@pytest.mark.parametrize("path", PLAYS, ids=lambda path: str(path.relative_to(ROOT)))
def test_tasks_speak_plain_english(path):
    texts = spoken_by(load_yaml(path.read_text(encoding="utf-8")))
    assert [fault for text in texts for fault in refused(text)] == []


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("size: '10 bananas' is no size.", "size: '10 bananas' is not a size; write it like 10GiB."),
        (
            "There is no such LUN, and to create it size, os_type must be given, too.",
            "LUN 'db01' does not exist; to create it, also set size and os_type.",
        ),
        ("svm: it is not in 'svm2', but in 'svm1'.", "svm: the LUN is in SVM 'svm1', not in 'svm2'."),
        ("2 of 3 are not as wished.", "2 of 3 targets failed."),
        ("It failed; nobody can tell how.", "The outcome is unknown."),
        ("It belongs into rescue.", "Put it in a rescue block."),
        ("The user is told of it.", "It is reported."),
        ("UM does not know the job.", "The job does not exist; it is no longer listed."),
        ("What is foreseen may mend it.", "There is no backup, and there are no clusters; 5 files are too large."),
        ("The job ended well.", "The job succeeded."),
        ("TASK [Nobody]", "svm: SVM 'no such' does not exist; it is the user's SVM, not the cluster's."),
        ("name: it must be short.", "The API gateway answers 500: it is switched off."),
    ],
)
def test_what_is_refused(bad, good):
    assert refused(bad)
    assert refused(good) == []


def test_lines_that_are_no_results():
    output = "PLAY [p]\nTASK [t] ***\nok: [a] => {}\n\n[a] job k was submitted\n[WARNING]: w\n"
    assert list(shown_lines(output)) == ["PLAY [p]", "TASK [t] ***", "[a] job k was submitted", "[WARNING]: w"]


def test_sentences_of_a_result():
    result = {
        "msg": "One.",
        "jobs": [{"problem": "Two.", "name": "not one"}],
        "warnings": ["Three."],
        "luns": [{"msg": "Four."}],
        "findings": [{"seen": "Five.", "means": ""}],
    }
    assert list(messages_of(result)) == ["One.", "Two.", "Three.", "Four.", "Five.", ""]


# Words that this project once had for what words of the field say better.
OLD_WORDS = re.compile(r"\b(?:wish(?:es|ed)?|foresee[ns]?|rivals?)\b", re.IGNORECASE)
THEIR_PLACE = {"tests/words.py", "tests/unit/repository/test_words.py", "LICENSE"}
TEXTS = [
    name
    for name in map(str, source_files())
    if name not in THEIR_PLACE
    and not name.startswith(("LICENSES/", "changelogs/"))
    and pathlib.Path(name).suffix in {".py", ".md", ".rst", ".yml", ".yaml", ".toml", ""}
]


@pytest.mark.parametrize("name", TEXTS)
def test_one_word_for_one_thing(name):
    path = ROOT / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    found = [f"line {number}: {match[0]}" for number, line in enumerate(lines, 1) if (match := OLD_WORDS.search(line))]
    assert found == []


READ_BY_USERS = ("README.md", "docs/", "roles/", "extensions/awx/", "plugins/modules/", "plugins/doc_fragments/")
DOCUMENTS = [name for name in TEXTS if name.startswith((*READ_BY_USERS, "plugins/inventory/")) or name.endswith(".md")]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_plain_english(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [f"line {number}: {fault}" for number, line in enumerate(lines, 1) for fault in refused(line)] == []
