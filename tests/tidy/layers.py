"""Who may include whom. The order of the layers is the architecture, so a test holds it."""

import re

from tree import Finding

_INCLUDE = r'(?m)^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)'

# Folder by folder, what its files may include beside their own folder. The passes of the compiler
# see kinds as data alone: not one of them may include compiler/kinds.
_PASSES = ["compiler/parse", "compiler/sqltext", "compiler/names", "compiler/bind",
           "compiler/print", "compiler/diff", "compiler/plan", "compiler/safety"]
MAY_INCLUDE = {
    "base": [],
    "compiler/ir": ["base"],
    "compiler/kinds": ["base", "compiler/ir"],
    "compiler/sqltext": ["base", "compiler/ir"],
    "compiler/parse": ["base", "compiler/ir", "compiler/print"],
    "compiler/names": ["base", "compiler/ir", "compiler/parse", "compiler/sqltext"],
    "compiler/bind": ["base", "compiler/ir", "compiler/parse", "compiler/sqltext",
                      "compiler/names"],
    "compiler/print": ["base", "compiler/ir", "compiler/parse", "compiler/sqltext",
                       "compiler/names"],
    "compiler/diff": ["base", "compiler/ir", "compiler/sqltext", "compiler/names"],
    "compiler/plan": ["base", "compiler/ir", "compiler/diff", "compiler/sqltext"],
    "compiler/safety": ["base", "compiler/ir", "compiler/diff", "compiler/plan"],
    "codegen": ["base", "compiler/ir", "compiler/kinds", *_PASSES],
    "lint": ["base", "compiler/ir", *_PASSES, "codegen"],
    "introspect": ["base", "compiler/ir", *_PASSES, "codegen"],
    "runner": ["base", "compiler/ir", *_PASSES, "codegen", "introspect"],
    "proof": ["base", "compiler/ir", *_PASSES, "codegen", "introspect", "runner"],
    "cli": ["base", "compiler/ir", *_PASSES, "codegen", "introspect", "runner", "proof",
            "lint"],
}

# Libraries that are one folder's own business, by how their headers are called.
OWNERS = {
    r"antlr4-runtime\.h|antlr4-common\.h|Schema(Lexer|Parser)\w*\.h|grammar/.*":
        ("ANTLR", ["compiler/parse"]),
    r"pqxx/.*": ("libpqxx", ["introspect/postgres", "runner", "proof"]),
    r"pg_query.*\.h|protobuf-c/.*": ("libpg_query", ["compiler/sqltext", "lint"]),
    r"simdjson\.h": ("simdjson", ["compiler/ir"]),
    r"cereal/.*": ("cereal", ["cli"]),
    r"kainjow/.*": ("the template library", ["codegen"]),
    r"CLI/.*": ("CLI11", ["cli"]),
    r"toml\+\+/.*": ("toml++", ["cli"]),
    r"openssl/.*": ("OpenSSL", ["cli", "runner"]),
}


def _layer(path):
    """The innermost layer that holds `path`, or None outside of all."""
    holders = [layer for layer in MAY_INCLUDE if path.startswith(layer + "/")]
    return max(holders, key=len, default=None)


def includes(file):
    """(line, header) of each #include."""
    return [(line, match[1] or match[2]) for line, match in file.find(_INCLUDE)]


def check_layers(tree):
    """A layer includes only what lies below it."""
    for file in tree.cpp:
        layer = _layer(file.path)
        if layer is None:
            continue
        allowed = [layer, *MAY_INCLUDE[layer]]
        for line, header in includes(file):
            target = _layer(header)
            if target is not None and target not in allowed:
                yield Finding(
                    file.path, line, f"`{layer}` includes `{header}`",
                    f"`{layer}` may include only {', '.join(MAY_INCLUDE[layer]) or 'nothing'}: "
                    "move the code to a layer above, or pass what it needs as data")


def check_libraries(tree):
    """A library is seen by the one part whose business it is."""
    for file in tree.cpp:
        if _layer(file.path) is None:
            continue
        for line, header in includes(file):
            for pattern, (library, folders) in OWNERS.items():
                if re.fullmatch(pattern, header) and not file.path.startswith(
                        tuple(folder + "/" for folder in folders)):
                    yield Finding(file.path, line, f"includes `{header}` of {library}",
                                  f"only {' and '.join(folders)} may see {library}: ask them "
                                  "through a header of ours")


def check_includes(tree):
    """Our own headers are included by their path from the root, and guard themselves."""
    for file in tree.cpp:
        if file.path.endswith(".h") and not re.search(r"(?m)^#pragma once$", file.text):
            yield Finding(file.path, 1, "is not guarded", "begin it with `#pragma once`")
        for line, header in includes(file):
            if header.startswith("."):
                yield Finding(file.path, line, f"includes `{header}`",
                              "write the header's path from the root of the project")


_TYPE = r"(?:struct|class|enum(?: class)?) (\w+)(?: final)?(?: : [^;{]*)? ?\{"


def _types(file):
    """(line, name) of each type that is defined at the outermost level of a namespace with a name,
    its namespace before it."""
    namespaces = []
    for number, line in enumerate(file.code.splitlines(), 1):
        if opened := re.match(r"(?:inline )?namespace ?([\w:]*) ?\{$", line):
            namespaces.append(opened[1])
        elif line.startswith("}") and not line.startswith("};") and namespaces:
            # At the margin, a brace without a semicolon ends a namespace or a function.
            if file.lines[number - 1].startswith("}  // namespace"):
                namespaces.pop()
        elif "" not in namespaces:
            if defined := re.match(_TYPE, line):
                yield number, "::".join([*namespaces, defined[1]])


def check_one_name(tree):
    """A type's name is its own: to the linker, two of one name are one."""
    seen = {}
    for file in tree.cpp:
        if _layer(file.path) is None:
            continue
        for line, name in _types(file):
            first = seen.setdefault(name, f"{file.path}:{line}")
            if first != f"{file.path}:{line}":
                yield Finding(file.path, line, f"`{name}` is defined in {first} as well",
                              "give one of them another name, or put it into a namespace that has "
                              "none")
