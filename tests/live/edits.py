"""Edits of a pulled schema, as a person would make them in its files."""

import re

_TABLE = re.compile(r"(?ms)^(?:///[^\n]*\n)*(?:unlogged )?table (\S+) \{\n(.*?)^\}\n")
_COLUMN = re.compile(r'(?m)^  ("[^"\n]+"|[a-z_][a-z0-9_]*) ([^\n;]+);')
# Words that start another member than a column.
_MEMBERS = {"primary", "unique", "foreign", "check", "exclude", "index", "trigger", "with",
            "constraint", "tablespace", "using", "statistics", "partition"}


class Table:
    """One table's block in one file."""

    def __init__(self, path, match):
        self.path = path
        self.name = match[1]
        self.start, self.end = match.span()
        self.block = match[0]

    def columns(self):
        for match in _COLUMN.finditer(self.block):
            if match[1] not in _MEMBERS:
                yield match


class Schema:
    """The files of a schema folder. An edit returns what it did, or None where nothing suits."""

    def __init__(self, folder):
        self.folder = folder
        self.files = {path: path.read_text(encoding="utf-8")
                      for path in sorted(folder.rglob("*.schema"))}

    def tables(self):
        return [Table(path, match) for path, text in self.files.items()
                for match in _TABLE.finditer(text)]

    def _replace(self, table, block):
        text = self.files[table.path]
        self.files[table.path] = text[:table.start] + block + text[table.end:]
        table.path.write_text(self.files[table.path], encoding="utf-8")

    def _mentions(self, word, outside):
        """How often a word stands anywhere but in the block of a table."""
        pattern = re.compile(rf"(?<![\w]){re.escape(word)}(?![\w])")
        count = sum(len(pattern.findall(text)) for text in self.files.values())
        return count - len(pattern.findall(outside.block))

    def _is_used(self, column):
        """Whether anything that a server ties to the column's type may name it elsewhere: what is
        no table, and the keys of other tables."""
        pattern = re.compile(rf"(?<![\w]){re.escape(column)}(?![\w])")
        if any(pattern.search(_TABLE.sub("", text)) for text in self.files.values()):
            return True
        keys = [line for text in self.files.values() for line in text.splitlines()
                if "references" in line]
        return any(pattern.search(line.partition("references")[2]) for line in keys)

    def add_column(self):
        for table in self.tables():
            last = list(table.columns())[-1:]
            if last:
                at = last[0].end()
                self._replace(table, table.block[:at] + "\n  schemac_note text?;" +
                              table.block[at:])
                return f"{table.name}: column schemac_note added"
        return None

    def rename_column(self):
        """A column that its own table alone speaks of, best one that its indexes use."""
        found = None
        for table in self.tables():
            types = {word for column in table.columns() for word in re.findall(r"\w+", column[2])}
            for column in table.columns():
                name = column[1]
                if name.startswith('"') or self._mentions(name, table) or name in types:
                    continue
                uses = len(re.findall(rf"\b{name}\b", table.block))
                if found is None or uses > found[0]:
                    found = (uses, table, column)
        if found is None:
            return None
        _, table, column = found
        name, new = column[1], column[1] + "_renamed"
        line = f"  {new} {column[2]} was {name};"
        lines = []
        for text in (table.block[:column.start()], None, table.block[column.end():]):
            lines.append(line if text is None else re.sub(rf"\b{name}\b", new, text))
        self._replace(table, "".join(lines))
        return f"{table.name}.{name}: renamed"

    def widen_type(self):
        for table in self.tables():
            for column in table.columns():
                definition = column[2]
                keyed = re.search(rf"(?m)^  foreign key .*\b{re.escape(column[1])}\b", table.block)
                if keyed or "references" in definition or "identity" in definition:
                    continue
                if self._is_used(column[1]):
                    continue
                wider = re.sub(r"^int(?:eger)?\b(?!\[)", "bigint", definition)
                wider = re.sub(r"^(varchar|character varying)\((\d+)\)",
                               lambda m: f"{m[1]}({int(m[2]) * 2})", wider)
                if wider != definition:
                    self._replace(table, table.block[:column.start()] +
                                  f"  {column[1]} {wider};" + table.block[column.end():])
                    return f"{table.name}.{column[1]}: {definition} -> {wider}"
        return None

    def replace_index(self):
        pattern = re.compile(
            r'(?m)^(  (?:unique )?index (?:\S+ )?)\((\w+|"[^"\n]+")(\)|, )([^\n]*;)$')
        for table in self.tables():
            match = pattern.search(table.block)
            if match:
                changed = f"{match[1]}({match[2]} desc{match[3]}{match[4]}"
                self._replace(table, table.block[:match.start()] + changed +
                              table.block[match.end():])
                return f"{table.name}: {match[0].strip()} -> {changed.strip()}"
        return None

    def drop_table(self):
        """A table that nothing else speaks of but the sequences that it owns."""
        for table in self.tables():
            owned = re.compile(r"(?m)^(?:unlogged )?sequence [^;]* owned by "
                               rf"{re.escape(table.name)}\.[^;]*;\n")
            sequences = [match[0] for text in self.files.values() for match in owned.finditer(text)]
            if self._mentions(table.name, table) == len(sequences):
                self._replace(table, "")
                for path, text in self.files.items():
                    self.files[path] = owned.sub("", text)
                    path.write_text(self.files[path], encoding="utf-8")
                return f"{table.name}: dropped"
        return None


EDITS = (Schema.add_column, Schema.rename_column, Schema.widen_type, Schema.replace_index,
         Schema.drop_table)
