#!/usr/bin/env python3
"""Each check finds what it is there for, and nothing in what is right."""

import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
from tidy import CHECKS
from tree import Tree


def found(check, files):
    """`path:line` of each finding of `check` in a tree of these files."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            file = pathlib.Path(root, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return [f"{finding.path}:{finding.line}" for finding in sorted(CHECKS[check](Tree(root)))]


def lines(count):
    return "\n".join("  x();" for _ in range(count))


class Layers(unittest.TestCase):
    def test_a_layer_includes_only_what_lies_below(self):
        self.assertEqual(found("layers", {
            "base/a.h": '#include <string>\n#include "compiler/ir/kind.h"\n',
            "cli/main.cpp": '#include "runner/runner.h"\n',
        }), ["base/a.h:2"])

    def test_passes_see_kinds_as_data_alone(self):
        self.assertEqual(found("layers", {
            "compiler/diff/diff.cpp": '#include "compiler/kinds/table.h"\n',
            "codegen/postgres/table.cpp": '#include "compiler/kinds/table.h"\n',
        }), ["compiler/diff/diff.cpp:1"])

    def test_libraries_have_one_owner(self):
        self.assertEqual(found("libraries", {
            "compiler/bind/bind.cpp": "#include <antlr4-runtime.h>\n",
            "compiler/parse/parse.cpp": '#include <antlr4-runtime.h>\n#include "SchemaParser.h"\n',
            "cli/apply.cpp": "\n#include <pqxx/pqxx>\n",
            "introspect/postgres/read.cpp": "#include <pqxx/pqxx>\n",
        }), ["cli/apply.cpp:2", "compiler/bind/bind.cpp:1"])

    def test_headers_guard_themselves_and_paths_start_at_the_root(self):
        self.assertEqual(found("includes", {
            "base/a.h": "struct A {};\n",
            "base/b.h": '#pragma once\n#include "../base/a.h"\n',
        }), ["base/a.h:1", "base/b.h:2"])

    def test_two_types_have_two_names(self):
        one = "namespace schemac {\nstruct Policy {\n};\n}  // namespace schemac\n"
        hidden = ("namespace schemac {\nnamespace {\nclass Policy {\n};\n}  // namespace\n"
                  "}  // namespace schemac\n")
        other = "namespace schemac::lint {\nclass Policy {\n};\n}  // namespace schemac::lint\n"
        listed = ("namespace schemac {\nenum class Policy : std::uint8_t { all, none };\n"
                  "}  // namespace schemac\n")
        self.assertEqual(found("one_name", {
            "cli/policy.h": one, "compiler/kinds/policy.h": one, "runner/a.cpp": hidden,
            "lint/policy.h": other, "runner/policy.h": listed,
        }), ["compiler/kinds/policy.h:2", "runner/policy.h:2"])


class Kinds(unittest.TestCase):
    HEADERS = {"compiler/kinds/foreign_key.h": "", "compiler/kinds/parts.h": ""}

    def test_engines_name_no_kind(self):
        self.assertEqual(found("engines", self.HEADERS | {
            "compiler/diff/diff.cpp":
                "// ForeignKey \"foreign_key\"\nForeignKey key;\n"
                'bool is = kind.name == "foreign_key";\nauto x = &foreign_key_kind;\n',
            "codegen/postgres/foreign_key.cpp": "ForeignKey key;\n",
            "compiler/parse/words.cpp":
                'constexpr auto kWords[] = {"for", "foreign_key"};\n'
                "template <typename ForeignKey>\nvoid f(ForeignKey key);\n",
        }), ["compiler/diff/diff.cpp:2", "compiler/diff/diff.cpp:3", "compiler/diff/diff.cpp:4"])

    def test_a_kind_is_complete(self):
        rooms = self.HEADERS | {
            "introspect/postgres/foreign_key.sql": "", "codegen/postgres/foreign_key.cpp": "",
            "tests/kinds/foreign_key/add.test": ""}
        self.assertEqual(found("rooms", rooms), [])
        for room in list(rooms)[2:]:
            without = {path: text for path, text in rooms.items() if path != room}
            self.assertEqual(found("rooms", without), ["compiler/kinds/foreign_key.h:1"])
        self.assertEqual(found("rooms", rooms | {"tests/kinds/cast/add.test": ""}),
                         ["tests/kinds/cast/add.test:1"])


class Style(unittest.TestCase):
    def test_functions_fit_a_screen(self):
        long = f"{lines(69)}\n}}\n"
        self.assertEqual(found("functions", {
            "base/exact.cpp": f"void f() {{\n{lines(68)}\n}}\n",
            "base/free.cpp": f"namespace a {{\nvoid f(int) {{\n{long}}}\n",
            "base/member.cpp":
                f"struct A : B {{\n public:\n  bool operator==(A) const {{\n{long}}};\n",
            "base/table.cpp": f"constexpr int kTable[] = {{\n{lines(100)}\n}};\n",
            "base/braces.cpp":
                f"void f() {{ // {{\n  g(\"{{\", '{{', R\"({{)\");\n}}\n{lines(90)}\n",
            "base/test.cpp": f'TEST_CASE("a") {{\n{long}',
            "base/a.py": "def f():\n" + "    x()\n" * 70,
        }), ["base/a.py:1", "base/free.cpp:2", "base/member.cpp:3", "base/test.cpp:1"])

    def test_files_hold_one_idea(self):
        self.assertEqual(found("files", {"base/a.cpp": lines(501), "base/b.sql": lines(500)}),
                         ["base/a.cpp:500"])

    def test_lines_fit(self):
        self.assertEqual(found("columns", {
            "base/a.cpp": "x" * 100 + "\n" + "x" * 101 + '\nf(R"(' + "x" * 100 + ')");\n',
        }), ["base/a.cpp:2"])

    def test_nothing_is_promised_or_switched_off(self):
        self.assertEqual(found("promises", {
            "base/a.cpp": "// TO" "DO: later\n#if 0\n#endif\nmkdtemp(XXXXXX);\n",
            "docs/b.md": "fine\nFIX" "ME\n",
        }), ["base/a.cpp:1", "base/a.cpp:2", "docs/b.md:2"])

    def test_no_machine_is_named(self):
        self.assertEqual(found("machine", {
            "base/a.cpp": '\nopen("/ho' 'me/me/x");\n', "docs/b.md": "cd /ho" "me/me\n",
            "scripts/c": "\n/usr/bin/env $build/work/x tests/work/y\n",
        }), ["base/a.cpp:2", "docs/b.md:1"])

    def test_every_test_runs(self):
        self.assertEqual(found("hidden_tests", {
            "tests/a/a.cpp": 'TEST_CASE("a", "[x]") {}\nTEST_CASE("b",\n          "[.]") {}\n',
            "tests/a/b.py": "@unittest.sk" "ip\n",
            "tests/a/c.cpp": 'auto m = "[!shouldfail]";\n',
            "tests/CMakeLists.txt": "\nset_tests_properties(a PROPERTIES DIS" "ABLED ON)\n",
        }), ["tests/CMakeLists.txt:2", "tests/a/a.cpp:2", "tests/a/b.py:1"])

    def test_layout_is_left_to_clang_format(self):
        self.assertEqual(found("layout", {
            ".clang-format": "BasedOnStyle: Google\n",
            "base/a.cpp": "int a;\nint  b;\n", "base/b.cpp": "int b;\n",
        }), ["base/a.cpp:2"])


class Documents(unittest.TestCase):
    def test_links_lead_somewhere(self):
        self.assertEqual(found("links", {
            "docs/a.md": "# A b\n[x](b.md) [y](b.md#c-d) [z](#a-b)\n[v](c.md)\n[w](b.md#e)\n"
                         "`[i](none.md)`\n",
            "docs/b.md": "## C d\n",
        }), ["docs/a.md:3", "docs/a.md:4"])


if __name__ == "__main__":
    unittest.main()
