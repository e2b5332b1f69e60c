"""What a database holds, as its catalogs say it: for servers that no pg_dump here talks to.

Every row of every catalog that users' objects have, with names where the catalogs have numbers.
Nothing of schemac takes part."""

import json
import re

# What differs between two databases that are the same to everybody who uses them.
_VOLATILE = {
    "pg_class": {"relfilenode", "relpages", "reltuples", "relallvisible", "relallfrozen",
                 "relfrozenxid", "relminmxid", "reltoastrelid", "relnatts", "relhasindex",
                 "relhasrules", "relhastriggers", "relhassubclass", "relispopulated"},
    "pg_description": {"objoid", "objsubid"},
    "pg_seclabel": {"objoid", "objsubid"},
    "pg_attribute": {"attnum", "attcacheoff", "atthasmissing", "attmissingval"},
    "pg_attrdef": {"adnum"},
    "pg_index": {"indcheckxmin"},
    "pg_enum": {"enumsortorder"},
    "pg_inherits": {"inhseqno"},
}
# The parts that are numbers of columns or trees of nodes, in words.
_DEFINITIONS = {
    "pg_attrdef": "pg_get_expr(adbin, adrelid)",
    "pg_constraint": "pg_get_constraintdef(oid)",
    "pg_index": "pg_get_indexdef(indexrelid)",
    "pg_rewrite": "pg_get_ruledef(oid)",
    "pg_policy": "concat_ws(' / ', pg_get_expr(polqual, polrelid), "
                 "pg_get_expr(polwithcheck, polrelid))",
    "pg_trigger": "pg_get_triggerdef(oid)",
    "pg_proc": "concat_ws(' ', pg_get_function_arguments(oid), pg_get_function_sqlbody(oid))",
    "pg_class": "pg_get_expr(relpartbound, oid)",
    "pg_partitioned_table": "pg_get_partkeydef(partrelid)",
    "pg_statistic_ext": "pg_get_statisticsobjdef(oid)",
    "pg_publication_rel": "pg_get_expr(prqual, prrelid) || (SELECT array_agg(attname "
                          "ORDER BY attname) FROM pg_attribute "
                          "WHERE attrelid = prrelid AND attnum = ANY (prattrs))::text",
    "pg_description": "pg_describe_object(classoid, objoid, objsubid)",
    "pg_seclabel": "pg_describe_object(classoid, objoid, objsubid)",
    "pg_type": "(SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum "
               "WHERE enumtypid = t.oid)::text",
}
# Rights that nobody changed may be written down or not.
_DEFAULT_RIGHTS = {
    "pg_class": "acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\", relowner)",
    "pg_proc": "acldefault('f', proowner)", "pg_type": "acldefault('T', typowner)",
    "pg_namespace": "acldefault('n', nspowner)",
}
# The triggers that the server makes for its own constraints say nothing that those do not.
_CONDITIONS = {"pg_trigger": " AND NOT tgisinternal",
               "pg_attribute": " AND NOT attisdropped AND attnum > 0"}
_FIRST_OF_USERS = 16384
_LEFT_OUT = ("pg_depend", "pg_statistic", "pg_statistic_ext_data", "pg_largeobject",
             "pg_largeobject_metadata", "pg_init_privs")

_COLUMNS = """
SELECT json_object_agg(relname, columns) FROM (
  SELECT c.relname, json_object_agg(a.attname, a.atttypid::regtype) AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND NOT c.relisshared
    AND a.attnum > 0 AND NOT a.attisdropped
  GROUP BY c.relname) t
"""
_REFERENCES = """
SELECT json_agg(json_build_array(fktable, fkcols[1], pktable))
FROM pg_get_catalog_foreign_keys() WHERE cardinality(fkcols) = 1
"""


def _value(catalog, column, kind):
    """The SQL of a column that says the same in every database."""
    if kind == "aclitem[]":
        default = _DEFAULT_RIGHTS.get(catalog, "'{}'")
        return (f"(SELECT array_agg(x::text ORDER BY x::text) "
                f"FROM unnest(coalesce({column}, {default})) x)")
    return column


def _query(catalog, columns):
    """Rows as [number, {column: value}] of what users made in a catalog."""
    kept = {column: kind for column, kind in columns.items()
            if kind not in ("pg_node_tree", "int2vector", "smallint[]")
            and column not in _VOLATILE.get(catalog, ()) and column != "oid"}
    pairs = [f"'{column}', {_value(catalog, column, kind)}" for column, kind in kept.items()]
    if catalog in _DEFINITIONS:
        pairs.append(f"'definition', {_DEFINITIONS[catalog]}")
    # A call takes a hundred arguments.
    parts = [f"jsonb_build_object({', '.join(pairs[i:i + 40])})" for i in range(0, len(pairs), 40)]
    own = "oid" if "oid" in columns else next(iter(columns))
    return (f"SELECT json_build_array(t.{own}::oid::bigint, {' || '.join(parts)}) FROM {catalog} t "
            f"WHERE t.{own}::oid >= {_FIRST_OF_USERS}{_CONDITIONS.get(catalog, '')}")


def _names(catalogs):
    """What users made, by number: kind, schema and name of all that other rows can refer to."""
    return "\nUNION ALL\n".join(
        f"SELECT json_build_array('{catalog}', oid::bigint, upper(i.type), i.schema, i.identity) "
        f"FROM {catalog} t, pg_identify_object('{catalog}'::regclass, oid, 0) i "
        f"WHERE oid >= {_FIRST_OF_USERS}" for catalog in catalogs)


class _Reader:
    def __init__(self, ask):
        self.columns = json.loads(ask(_COLUMNS))
        references = json.loads(ask(_REFERENCES))
        self.refers = {(table, column): other for table, column, other in references}
        named = sorted({other for _, _, other in references
                        if other in self.columns and "oid" in self.columns[other]})
        rows = map(json.loads, ask(_names(named)).splitlines())
        self.objects = {(catalog, number): rest for catalog, number, *rest in rows}

    def name(self, catalog, number):
        """Numbers below those of users' objects are the same in every database."""
        known = self.objects.get((catalog, int(number)))
        return known[2] if known else number

    def named(self, catalog, column, value):
        """A value with names for numbers of objects."""
        other = self.refers.get((catalog, column))
        kind = self.columns[catalog].get(column)
        if other is None or value is None or kind == "regproc":
            return value
        if isinstance(value, list):
            return [self.name(other, item) for item in value]
        return self.name(other, value)

    def head(self, catalog, number, row):
        """Kind, schema and name of what a row is of."""
        own = "oid" if "oid" in self.columns[catalog] else next(iter(self.columns[catalog]))
        of = catalog if own == "oid" else self.refers.get((catalog, own))
        kind, schema, name = self.objects.get((of, number), (None, None, None))
        if own != "oid" or kind is None:
            kind = catalog.removeprefix("pg_").upper()
        return kind, schema or "-", name or row.get("definition") or next(iter(row.values()))


def _is_left_out(schema, row):
    """Of the tables behind large values, and of the runner's own."""
    return schema in ("pg_toast", "schemac") or any(
        re.search(r"\b(pg_toast|schemac)\.", str(value)) or value == "schemac"
        for value in row.values())


def describe(ask):
    """One text for a database: an entry for each row, headed `KIND | SCHEMA | NAME`, with a line
    for each column. `ask` runs SQL and returns its rows, a line each."""
    reader = _Reader(ask)
    entries = []
    for catalog, columns in reader.columns.items():
        if catalog in _LEFT_OUT:
            continue
        for line in ask(_query(catalog, columns)).splitlines():
            number, row = json.loads(line)
            row = {column: reader.named(catalog, column, value) for column, value in row.items()}
            kind, schema, name = reader.head(catalog, number, row)
            if _is_left_out(schema, row):
                continue
            lines = [f"{column}: {json.dumps(value)}" for column, value in sorted(row.items())
                     if value is not None]
            entries.append(f"-- {kind} | {schema} | {name}\n" + "\n".join(lines) + "\n")
    return "\n".join(sorted(entries))
