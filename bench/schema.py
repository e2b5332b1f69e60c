#!/usr/bin/env python3
"""Prints a PostgreSQL schema of N tables; the same N gives the same text.

  python3 bench/schema.py N

A table has 12 columns, an identity key, a unique constraint, two foreign keys, a check, three
indexes (one partial, one over an expression), defaults and comments. For each 20 tables there are
an enum, a domain and a trigger with its function; for each 10 a view; a schema holds 250 tables.
"""

import sys

NOUNS = ("account", "invoice", "customer", "product", "shipment", "ledger", "ticket", "device",
         "region", "asset", "contract", "employee", "payment", "vendor", "channel", "message",
         "folder", "report", "parcel", "tariff")
GROUP_TABLES = 20  # share an enum, a domain and a trigger function; the first is their hub
VIEW_TABLES = 10
SCHEMA_TABLES = 250


def schema_of(i):
    return f"area_{i // SCHEMA_TABLES:02d}"


def name_of(i):
    return f"{NOUNS[i % len(NOUNS)]}_{i:05d}"


def table_of(i):
    return f"{schema_of(i)}.{name_of(i)}"


def group_name(i, what):
    """Name of what the group of table `i` shares, in the schema of the group's first table."""
    first = i // GROUP_TABLES * GROUP_TABLES
    return f"{schema_of(first)}.{what}_{first // GROUP_TABLES:04d}"


def group(i):
    return f"""\
CREATE TYPE {group_name(i, "status")} AS ENUM ('new', 'active', 'suspended', 'closed', 'state_{i}');
CREATE DOMAIN {group_name(i, "code")} AS varchar(40) CHECK (VALUE <> '');
CREATE FUNCTION {group_name(i, "touch")}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  IF NEW.quantity < 0 THEN
    RAISE EXCEPTION 'negative quantity in group {i // GROUP_TABLES}';
  END IF;
  RETURN NEW;
END
$$;
"""


def table(i):
    name, status = name_of(i), group_name(i, "status")
    hub = i // GROUP_TABLES * GROUP_TABLES
    parent = i // 2  # a tree over all tables, so that keys cross groups and schemas
    return f"""\
CREATE TABLE {table_of(i)} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hub_id bigint NOT NULL REFERENCES {table_of(hub)} ON DELETE CASCADE,
  parent_id bigint REFERENCES {table_of(parent)},
  code {group_name(i, "code")} NOT NULL,
  title text NOT NULL DEFAULT '',
  status {status} NOT NULL DEFAULT 'new',
  amount numeric(12,2) NOT NULL DEFAULT 0 CHECK (amount >= 0 AND amount < 1000000000),
  quantity integer DEFAULT 1,
  tags text[],
  attributes jsonb NOT NULL DEFAULT '{{}}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz,
  UNIQUE (hub_id, code)
);
CREATE INDEX {name}_created_idx ON {table_of(i)} (hub_id, created_at DESC);
CREATE INDEX {name}_title_idx ON {table_of(i)} (lower(title));
CREATE INDEX {name}_open_idx ON {table_of(i)} (status) WHERE updated_at IS NULL;
COMMENT ON TABLE {table_of(i)} IS 'Records of kind {NOUNS[i % len(NOUNS)]}, number {i}';
COMMENT ON COLUMN {table_of(i)}.code IS 'What people call it; unique in its hub';
"""


def view(i):
    return f"""\
CREATE VIEW {schema_of(i)}.open_{name_of(i)} AS
  SELECT a.id, a.code, a.title, a.status, h.code AS hub_code,
         count(*) OVER (PARTITION BY a.hub_id) AS in_hub
  FROM {table_of(i)} a JOIN {table_of(i // GROUP_TABLES * GROUP_TABLES)} h ON h.id = a.hub_id
  WHERE a.updated_at IS NULL AND a.created_at > timestamptz '2020-01-01 00:00:00+00';
"""


def trigger(i):
    return (f"CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON {table_of(i)} "
            f"FOR EACH ROW EXECUTE FUNCTION {group_name(i, 'touch')}();\n")


def write(tables, out):
    """Writes the schema of so many tables."""
    for i in range(0, tables, SCHEMA_TABLES):
        out.write(f"CREATE SCHEMA {schema_of(i)};\n")
    for i in range(tables):
        if i % GROUP_TABLES == 0:
            out.write(group(i))
        out.write(table(i))
        if i % VIEW_TABLES == 0:
            out.write(view(i))
        if i % GROUP_TABLES == 0:
            out.write(trigger(i))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    write(int(sys.argv[1]), sys.stdout)
