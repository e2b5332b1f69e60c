"""Engines know fields, never kinds; and a kind is complete or is not there."""

import re

from tree import Finding

# compiler/safety is none of them: its table says what a statement on which kind endangers.
ENGINES = ("compiler/parse/", "compiler/names/", "compiler/bind/", "compiler/diff/",
           "compiler/plan/", "compiler/print/", "compiler/sqltext/", "compiler/ir/json")


def _struct_of(kind):
    return "".join(part.capitalize() for part in kind.split("_"))


def _listed(file, offset, contents):
    """Whether a string is an element of a list: of reserved words, say, which are no kinds."""
    before = file.text[:offset].rstrip()[-1:]
    after = file.text[offset + len(contents) + 2:].lstrip()[:1]
    return before in ("{", ",") and after in ("}", ",")


def check_engines(tree):
    """No engine names a kind: neither its struct, nor its table, nor its name in quotes."""
    structs = {_struct_of(kind) for kind in tree.kinds}
    tables = {kind + "_kind" for kind in tree.kinds}
    word = re.compile(r"\b(" + "|".join(sorted(structs | tables)) + r")\b")
    for file in tree.cpp:
        if not file.path.startswith(ENGINES) or not tree.kinds:
            continue
        # A template's parameter is named by its author.
        parameters = set(re.findall(r"\b(?:typename|class) (\w+)", file.code))
        for match in word.finditer(file.code):
            if match[1] in parameters:
                continue
            yield Finding(file.path, file.line_at(match.start()), f"names the kind `{match[1]}`",
                          "ask KindInfo or FieldInfo instead; a fact that they lack becomes a "
                          "field of theirs")
        for offset, contents in file.strings:
            if contents in tree.kinds and not _listed(file, offset, contents):
                yield Finding(file.path, file.line_at(offset), f"names the kind `\"{contents}\"`",
                              "compare a property of KindInfo or FieldInfo, not a kind's name")


def _rooms(kind):
    return {
        f"introspect/postgres/{kind}.sql": "write how it is read, columns named as the fields",
        f"codegen/postgres/{kind}.cpp": "write its rules: create, drop, and a row for each field",
    }


def check_rooms(tree):
    """Every kind has its four rooms, and every room its kind."""
    paths = {file.path for file in tree.files}
    for kind, header in tree.kinds.items():
        for room, way_out in _rooms(kind).items():
            if room not in paths:
                yield Finding(header.path, 1, f"`{kind}` has no {room}", way_out)
        cases = f"tests/kinds/{kind}/"
        if not any(path.startswith(cases) and path.endswith(".test") for path in paths):
            yield Finding(header.path, 1, f"`{kind}` has no case in {cases}",
                          "write one: from, to, shape; `--update` fills in the rest")
    for file in tree.under("tests/kinds"):
        kind = file.path.split("/")[2]
        if kind not in tree.kinds:
            yield Finding(file.path, 1, f"belongs to no kind: there is no compiler/kinds/{kind}.h",
                          "move it to the folder of the kind that it is about")
