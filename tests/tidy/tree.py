"""The source tree as the tidy checks see it: files, their text, and C++ with the noise blanked."""

import functools
import pathlib
import re
from dataclasses import dataclass

# Folders that builds and tools leave behind; everything else in the tree is source.
LEFT_BEHIND = {"build", "node_modules", "__pycache__", "corpus"}


@dataclass(frozen=True, order=True)
class Finding:
    """Something that must change: where, what was seen, and what to do about it."""

    path: str
    line: int
    message: str
    way_out: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}\n    {self.way_out}"


# Comments, raw strings, strings and characters: what may hold words and braces that are not code.
# A quote behind a digit separates digits.
_NOISE = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<tag>[^()\\\s]{0,16})\((?P<raw>.*?)\)(?P=tag)"|"""
    r""""(?P<string>(?:\\.|[^"\\\n])*)"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'""",
    re.DOTALL,
)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.)*", re.MULTILINE | re.DOTALL)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


class Source:
    """One file."""

    def __init__(self, root, path):
        self.path = path.relative_to(root).as_posix()
        self.name = path.name
        self._file = path

    @functools.cached_property
    def text(self):
        return self._file.read_text(encoding="utf-8", errors="replace")

    @functools.cached_property
    def lines(self):
        return self.text.splitlines()

    @functools.cached_property
    def code(self):
        """C++ without comments, directives and the contents of strings; offsets are kept."""
        code = _NOISE.sub(lambda m: _blank(m.group()), self.text)
        return _DIRECTIVE.sub(lambda m: _blank(m.group()), code)

    @functools.cached_property
    def strings(self):
        """(offset, contents) of every C++ string literal."""
        found = []
        for match in _NOISE.finditer(self.text):
            contents = match["raw"] if match["raw"] is not None else match["string"]
            if contents is not None:
                found.append((match.start(), contents))
        return found

    @functools.cached_property
    def raw_lines(self):
        """Numbers of the lines that C++ raw strings touch: data, laid out as data."""
        lines = set()
        for match in _NOISE.finditer(self.text):
            if match["raw"] is not None:
                lines.update(range(self.line_at(match.start()), self.line_at(match.end()) + 1))
        return lines

    def line_at(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def find(self, pattern):
        """(line, match) of each match of `pattern` in the text."""
        return [(self.line_at(m.start()), m) for m in re.finditer(pattern, self.text)]

    @property
    def is_cpp(self):
        return self._file.suffix in (".cpp", ".h")

    @property
    def is_python(self):
        return self._file.suffix == ".py" or (
            self._file.suffix == "" and self.text.startswith("#!/usr/bin/env python3"))


class Tree:
    """All files of a project, by path."""

    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        self.files = [Source(self.root, path) for path in sorted(self._walk(self.root))]

    def _walk(self, folder):
        for path in folder.iterdir():
            if path.is_symlink():
                continue
            if path.is_dir():
                hidden = path.name.startswith(".") and path.name != ".ci"
                if not hidden and path.name not in LEFT_BEHIND:
                    yield from self._walk(path)
            elif path.is_file() and path.suffix != ".pyc" and path.name != ".git":
                yield path

    def ending(self, *suffixes):
        return [file for file in self.files if file.path.endswith(suffixes)]

    def under(self, folder):
        return [file for file in self.files if file.path.startswith(folder + "/")]

    @property
    def cpp(self):
        return [file for file in self.files if file.is_cpp]

    def file(self, path):
        return next((file for file in self.files if file.path == path), None)

    @functools.cached_property
    def kinds(self):
        """Names of the kinds, each with the header that describes it."""
        headers = [f for f in self.under("compiler/kinds") if f.path.endswith(".h")]
        return {f.name[:-2]: f for f in headers if f.name != "parts.h"}
