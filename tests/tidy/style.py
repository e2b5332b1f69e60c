"""Habits that a reader relies on, as far as a program can see them."""

import ast
import re
import shutil
import subprocess

from tree import Finding

FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 500
COLUMNS_MAX = 100

_SCRIPTS = (".py", ".sh", ".cmake", "CMakeLists.txt", ".g4", ".sql", ".mustache", ".cpp", ".h")


def _functions_cpp(file):
    """(name, first line, last line) of each function with a body, lambdas inside left to it."""
    stack = []
    head_start = 0
    for match in re.finditer(r"[{};]", file.code):
        at, token = match.start(), match.group()
        if token == "{":
            stack.append(_block(file, head_start, at) if not _inside(stack) else None)
        elif token == "}" and stack:
            block = stack.pop()
            if block and block[0] == "function":
                yield block[1], block[2], file.line_at(at)
        if not _inside(stack):
            head_start = at + 1


def _inside(stack):
    """Whether the innermost block that has a meaning to us is a function or data."""
    return any(block is not None and block[0] != "scope" for block in stack)


def _block(file, start, end):
    """What the block is whose head stands between the two offsets."""
    head = re.sub(r"\b(public|private|protected)\s*:", lambda m: " " * len(m.group()),
                  file.code[start:end])
    line = file.line_at(start + len(head) - len(head.lstrip()))
    plain = re.sub(r"\boperator\s*[^\s\w(]+", "operator", head).strip()
    if re.search(r"\bnamespace\b", plain) or plain == "extern":
        return "scope", "", line
    if re.match(r"(template\s*<.*>\s*)?(class|struct|union|enum)\b", plain, re.DOTALL):
        if not plain.endswith(")"):
            return "scope", "", line
    before_arguments, parenthesis, _ = plain.partition("(")
    if not parenthesis or "=" in before_arguments:
        return "data", "", line
    name = re.search(r"([\w:~]+)\s*$", before_arguments)
    return "function", name[1] if name else "(…)", line


def _functions_python(file):
    for node in ast.walk(ast.parse(file.text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno


def check_functions(tree):
    """A function fits a screen."""
    for file in tree.files:
        if file.is_cpp:
            functions = _functions_cpp(file)
        elif file.is_python:
            functions = _functions_python(file)
        else:
            continue
        # A long text inside of one is data, not code to follow.
        data = file.raw_lines if file.is_cpp else ()
        for name, first, last in functions:
            count = sum(number not in data for number in range(first, last + 1))
            if count > FUNCTION_LINES_MAX:
                yield Finding(file.path, first, f"`{name}` has {count} lines",
                              f"split it by idea: {FUNCTION_LINES_MAX} lines are a screen")


def check_files(tree):
    """A file holds one idea."""
    for file in tree.files:
        if (file.is_python or file.path.endswith(_SCRIPTS)) and len(file.lines) > FILE_LINES_MAX:
            yield Finding(file.path, FILE_LINES_MAX, f"has {len(file.lines)} lines",
                          f"split it by idea: {FILE_LINES_MAX} lines are the most")


def check_columns(tree):
    """Lines fit side by side."""
    for file in tree.files:
        if not (file.is_cpp or file.is_python or file.path.endswith(".g4")):
            continue
        data = file.raw_lines if file.is_cpp else ()
        for number, line in enumerate(file.lines, 1):
            if len(line) > COLUMNS_MAX and "://" not in line and number not in data:
                yield Finding(file.path, number, f"is {len(line)} columns wide",
                              f"break the line: {COLUMNS_MAX} columns are the most")


def check_promises(tree):
    """What is not done is not in the tree: no marks for later, no code switched off."""
    # Put together here, so that this file holds none of them.
    marks = "|".join(("TO" "DO", "FIX" "ME", "X" "XX", "HA" "CK"))
    for file in tree.files:
        for line, match in file.find(rf"\b({marks})\b"):
            yield Finding(file.path, line, f"promises: {match[1]}",
                          "do it now, or say in a sentence what holds and why")
        if file.is_cpp:
            for line, _ in file.find(r"(?m)^[ \t]*#[ \t]*if[ \t]+(0|false)\b"):
                yield Finding(file.path, line, "switches code off",
                              "delete it: git remembers")


def check_machine(tree):
    """The tree works anywhere: no path of the machine that it was written on."""
    homes = "|".join(("home", "root", "Users", "work", "srv", "mnt"))
    for file in tree.files:
        for line, match in file.find(rf"(?<![\w.}})\]*-])/({homes})/[\w.-]"):
            yield Finding(file.path, line, f"names `/{match[1]}/…`, a path of one machine",
                          "derive the path from the project's folder or the environment")


_HIDDEN = {
    ".cpp": r"(?s)\b(?:\w*TEST_CASE\w*|SCENARIO)\s*\([^)]*?\[(?:\.|!(?:hide|mayfail|shouldfail))"
            r"|\bSK" r"IP\s*\(",
    ".py": r"\bunittest\.sk" r"ip\w*|\bsk" r"ipTest\(|\bexpected" r"Failure|\bmark\.sk" r"ip",
    "CMakeLists.txt": r"\b(?:DIS" r"ABLED|WILL_" r"FAIL|SK" r"IP_RETURN_CODE"
                      r"|SK" r"IP_REGULAR_EXPRESSION)\b",
}


def check_hidden_tests(tree):
    """Every test that is there runs, and says so."""
    for file in tree.under("tests"):
        for suffix, pattern in _HIDDEN.items():
            if not file.path.endswith(suffix):
                continue
            for line, _ in file.find(pattern):
                yield Finding(file.path, line, "hides a test",
                              "let it run; pin a known gap so that the pin fails once it works")


def check_layout(tree):
    """clang-format has nothing to add."""
    files = [file.path for file in tree.cpp]
    if not files:
        return
    if shutil.which("clang-format") is None:
        yield Finding("scripts/packages", 1, "clang-format is missing",
                      "run `scripts/packages test`")
        return
    seen = subprocess.run(["clang-format", "--dry-run", "--ferror-limit=1", *files], cwd=tree.root,
                          capture_output=True, text=True, check=False).stderr
    for match in re.finditer(r"(?m)^([^:\s]+):(\d+):\d+: (?:warning|error): code should be", seen):
        yield Finding(match[1], int(match[2]), "is not as clang-format lays it out",
                      f"run `clang-format -i {match[1]}`")
