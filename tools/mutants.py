# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small mistakes that a source can have, one at a time: what mutation testing puts into the code."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

OPPOSITES: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}


class Mutant(NamedTuple):
    """One mistake.

    :ivar line: where it is, counted from 1
    :ivar before: the text that it replaces
    :ivar after: what stands there instead
    :ivar source: the whole file with it
    """

    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.line}: {_short(self.before)}  ->  {_short(self.after)}"


def mutants_of(source: str) -> list[Mutant]:
    """All mistakes that are tried in a source, in an order that depends on nothing but the source."""
    found = {mutant.source: mutant for mutant in _all(source) if mutant.before != mutant.after}
    return sorted(found.values(), key=lambda mutant: hashlib.sha256(f"{mutant.before}{mutant}".encode()).digest())


def _all(source: str) -> Iterator[Mutant]:
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    content = source.encode()
    for node, inside_function in _code(ast.parse(source)):
        for target, after in _changes(node, inside_function):
            begin = starts[target.lineno - 1] + target.col_offset
            end = starts[(target.end_lineno or 1) - 1] + (target.end_col_offset or 0)
            changed = content[:begin] + after.encode() + content[end:]
            yield Mutant(target.lineno, content[begin:end].decode(), after, changed.decode())


def _code(tree: ast.AST, inside_function: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """Every node that runs, without annotations, decorators and what only type checkers read."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, (ast.Import, ast.ImportFrom)) or _is_for_types(child):
            continue
        yield child, inside_function
        if isinstance(child, (ast.FunctionDef, ast.Lambda)):
            yield from _code(child.args, inside_function)
            for part in child.body if isinstance(child, ast.FunctionDef) else [child.body]:
                if not _is_text(part):
                    yield part, True
                    yield from _code(part, True)
        elif isinstance(child, ast.AnnAssign):
            if child.value is not None:
                yield child.value, inside_function
                yield from _code(child.value, inside_function)
        elif not isinstance(child, ast.arg):
            yield from _code(child, inside_function)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: ast.AST, inside_function: bool) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """(what is replaced, by which text)"""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield node, _written(ast.Compare(node.left, [_opposite(node.ops[0])], node.comparators))
    elif isinstance(node, ast.BoolOp):
        yield node, _written(ast.BoolOp(_opposite(node.op), node.values))
        for number in range(len(node.values)):
            kept = node.values[:number] + node.values[number + 1 :]
            yield node, _written(kept[0] if len(kept) == 1 else ast.BoolOp(node.op, kept))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, _written(node.operand)
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)) and not isinstance(node.test, ast.Constant):
        yield node.test, _written(ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.BinOp) and type(node.op) in OPPOSITES and not _is_written_text(node):
        yield node, _written(ast.BinOp(node.left, _opposite(node.op), node.right))
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node)
    elif inside_function:
        yield from _without(node)


def _other_constants(node: ast.Constant) -> Iterator[tuple[ast.expr, str]]:
    if isinstance(node.value, bool):
        yield node, str(not node.value)
    elif isinstance(node.value, (int, float)):
        yield node, repr(node.value + 1 if abs(node.value) < 2 else node.value * 2)


def _without(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Statements that are left out."""
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield node, "return None"
    elif isinstance(node, ast.stmt) and _can_be_left_out(node):
        yield node, "pass"


def _can_be_left_out(node: ast.stmt) -> bool:
    """Whether it jumps, counts, sets an attribute, or calls what has no result."""
    if isinstance(node, (ast.AugAssign, ast.Raise, ast.Continue, ast.Break)):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call)
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute)


def _opposite(operator: ast.AST) -> Any:
    return OPPOSITES[type(operator)]()


def _written(node: ast.AST) -> str:
    return f"({ast.unparse(ast.fix_missing_locations(node))})"


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_written_text(node: ast.BinOp) -> bool:
    """Texts that are put together: another operator is an error at once."""
    return any(
        isinstance(part, ast.JoinedStr) or (isinstance(part, ast.Constant) and isinstance(part.value, str))
        for part in ast.walk(node)
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:87]}..."
