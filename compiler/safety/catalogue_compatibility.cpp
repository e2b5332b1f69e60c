#include "compiler/safety/catalogue.h"

namespace schemac::catalogue {
namespace {

constexpr std::string_view kLabel =
    R"sql(CREATE FUNCTION label_of(number bigint) RETURNS text LANGUAGE sql AS
    'SELECT ''no '' || number';
)sql";

constexpr Hazard kHazards[] = {
    {.code = "BC101",
     .severity = Severity::error,
     .title = "renames a table: programs that know the old name fail",
     .effect = "Whatever runs with the old name, a release that is not replaced yet included, "
               "fails from the commit on.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "leave a view with the old name in the same transaction, drop it a release later",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer RENAME TO client;\n",
                 .good = "BEGIN;\nALTER TABLE customer RENAME TO client;\n"
                         "CREATE VIEW customer WITH (security_invoker = true) AS\n"
                         "    SELECT * FROM client;\nCOMMIT;\n"}},
    {.code = "BC102",
     .severity = Severity::error,
     .title = "renames a column: programs that know the old name fail",
     .effect = "Whatever runs with the old name fails from the commit on.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "show both names in a view, or keep both columns for one release",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer RENAME COLUMN note TO remark;\n",
                 .good = "ALTER TABLE customer ADD COLUMN remark varchar(40);\n"}},
    {.code = "BC104",
     .severity = Severity::warning,
     .title = "changes a type that programs see",
     .effect = "A client that reads into 32 bits, or expects a time without a zone, fails or "
               "misreads, even where the change itself is cheap.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "deploy programs that take both first, or go by a second column",
     .example = {.setup = {kCustomer, kPurchase},
                 .bad = "ALTER TABLE purchase ALTER COLUMN total TYPE bigint;\n",
                 .good = "ALTER TABLE purchase ADD COLUMN total_cents bigint;\n"}},
    {.code = "BC105",
     .severity = Severity::error,
     .title = "demands a value that running programs do not give",
     .effect = "A required column without a default, one that is required from now on, or one "
               "that loses its default: inserts of the release that runs now fail.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "keep a default in the database until every program that writes gives a value",
     .example = {.setup = {kCustomer, "ALTER TABLE customer ALTER COLUMN note SET DEFAULT '';\n"},
                 .bad = "ALTER TABLE customer ALTER COLUMN note DROP DEFAULT;\n",
                 .good = "ALTER TABLE customer ALTER COLUMN note SET DEFAULT 'none';\n"}},
    {.code = "BC106",
     .severity = Severity::error,
     .title = "refuses updates of rows that fail the new check already",
     .effect = "NOT VALID spares old rows until they are written: an update of any other column "
               "of such a row fails from now on. A foreign key is checked only where its columns "
               "change.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "repair the rows first, or make sure that there are none",
     .example = {.setup = {kCustomer, "INSERT INTO customer VALUES (3, NULL, 'third');\n"},
                 .bad = "ALTER TABLE customer ADD CONSTRAINT customer_email\n"
                        "    CHECK (email IS NOT NULL) NOT VALID;\n"
                        "UPDATE customer SET note = 'old' WHERE id = 3;\n",
                 .fails = "23514",
                 .good = "UPDATE customer SET email = '' WHERE email IS NULL AND id <= 5000;\n"}},
    {.code = "BC107",
     .severity = Severity::note,
     .title = "changes what prepared statements return",
     .effect = "A statement that a session prepared with SELECT * fails once: the cached plan must "
               "not change its result type. Pools that prepare statements fail until they are "
               "recycled.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "list columns in programs, and recycle pools after the deployment",
     .example = {.setup = {kCustomer,
                           "PREPARE all_customers AS SELECT * FROM customer;\n"
                           "EXECUTE all_customers;\n"},
                 .bad = "ALTER TABLE customer ADD COLUMN phone text;\n"
                        "EXECUTE all_customers;\n",
                 .fails = "0A000",
                 .good = "CREATE TABLE customer_phone (id bigint, phone text);\n"
                         "EXECUTE all_customers;\n"}},
    {.code = "BC108",
     .severity = Severity::error,
     .title = "renames a type, or a part or value of one: programs that know the old name fail",
     .effect = "Values of an enum stand as literals in programs; names of types and attributes in "
               "casts and in code that was generated from them.",
     .lock = "",
     .way_out = "add the new value, write both, move the rows, and leave the old one alone",
     .example = {.setup = {"CREATE TYPE state AS ENUM ('new', 'sent');\n"},
                 .bad = "ALTER TYPE state RENAME VALUE 'sent' TO 'shipped';\n",
                 .good = "ALTER TYPE state ADD VALUE 'shipped';\n"}},
    {.code = "BC109",
     .severity = Severity::warning,
     .title = "renames a constraint or index",
     .effect = "ON CONFLICT ON CONSTRAINT, programs that read the name from an error, and later "
               "migrations fail. USING INDEX renames the index where the two names differ.",
     .lock = "ACCESS EXCLUSIVE on the table; for an index SHARE UPDATE EXCLUSIVE on it",
     .way_out = "give the index the final name from the start",
     .versions = "ACCESS EXCLUSIVE for an index before 12",
     .example = {.setup = {kCustomer, "CREATE UNIQUE INDEX customer_email ON customer (email);\n"},
                 .bad = "ALTER TABLE customer ADD CONSTRAINT customer_email_key\n"
                        "    UNIQUE USING INDEX customer_email;\n",
                 .good = "ALTER TABLE customer ADD CONSTRAINT customer_email\n"
                         "    UNIQUE USING INDEX customer_email;\n"}},
    {.code = "BC110",
     .severity = Severity::error,
     .title = "drops what ON CONFLICT needs",
     .effect = "INSERT … ON CONFLICT (columns) needs a unique index over just these; without it, "
               "it fails at once.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "make the replacement first, and drop the old one last",
     .example = {.setup = {kCustomer,
                           "ALTER TABLE customer ADD CONSTRAINT customer_email UNIQUE (email);\n"},
                 .bad = "ALTER TABLE customer DROP CONSTRAINT customer_email;\n"
                        "INSERT INTO customer VALUES (3, 'eve@example.org', '')\n"
                        "    ON CONFLICT (email) DO NOTHING;\n",
                 .fails = "42P10",
                 .good = "CREATE UNIQUE INDEX CONCURRENTLY customer_email_2 ON customer (email);\n"
                         "ALTER TABLE customer DROP CONSTRAINT customer_email;\n"
                         "INSERT INTO customer VALUES (3, 'eve@example.org', '')\n"
                         "    ON CONFLICT (email) DO NOTHING;\n"}},
    {.code = "BC111",
     .severity = Severity::error,
     .title = "moves an object to another schema: programs no longer find it",
     .effect = "Names with the old schema fail at once, and those without one by the search path.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "leave a view in the old schema for one release",
     .example = {.setup = {kCustomer, "CREATE SCHEMA sales;\n"},
                 .bad = "ALTER TABLE customer SET SCHEMA sales;\n",
                 .good = "BEGIN;\nALTER TABLE customer SET SCHEMA sales;\n"
                         "CREATE VIEW customer WITH (security_invoker = true) AS\n"
                         "    SELECT * FROM sales.customer;\nCOMMIT;\n"}},
    {.code = "BC112",
     .severity = Severity::warning,
     .title = "allows NULL where programs expect a value",
     .effect = "Code that reads the column without looking for NULL fails once the first one is "
               "written.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "deploy programs that can read NULL first",
     .example = {.setup = {"CREATE TABLE member (id bigint PRIMARY KEY, email text NOT NULL);\n"},
                 .bad = "ALTER TABLE member ALTER COLUMN email DROP NOT NULL;\n",
                 .good = "ALTER TABLE member ALTER COLUMN email SET DEFAULT '';\n"}},
    {.code = "BC113",
     .severity = Severity::error,
     .title = "renames or drops what the body of a function names",
     .effect = "The server keeps the body of a function as text: nothing depends on what it names, "
               "nothing is renamed in it, and it fails when it is called. Bodies of BEGIN ATOMIC "
               "are the exception.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "replace the function in the same transaction",
     .versions = "BEGIN ATOMIC since 14",
     .example = {.setup = {kCustomer,
                           "CREATE FUNCTION notes() RETURNS bigint LANGUAGE plpgsql AS\n"
                           "    $$ BEGIN RETURN (SELECT count(note) FROM customer); END $$;\n"},
                 .bad = "ALTER TABLE customer RENAME COLUMN note TO remark;\nSELECT notes();\n",
                 .fails = "42703",
                 .good = R"sql(BEGIN;
ALTER TABLE customer RENAME COLUMN note TO remark;
CREATE OR REPLACE FUNCTION notes() RETURNS bigint LANGUAGE plpgsql AS
    $$ BEGIN RETURN (SELECT count(remark) FROM customer); END $$;
COMMIT;
SELECT notes();
)sql"}},
    {.code = "BC114",
     .severity = Severity::error,
     .title = "makes a second function of the same name",
     .effect = "Other argument types make another function beside the old one. Where the new "
               "argument has a default, calls fit both, and fail.",
     .lock = "",
     .way_out = "drop the old signature in the same transaction, and grant what it had",
     .example = {.setup = {kLabel},
                 .bad = "CREATE OR REPLACE FUNCTION label_of(number bigint, long boolean DEFAULT "
                        "false)\n    RETURNS text LANGUAGE sql AS 'SELECT ''no '' || number';\n"
                        "SELECT label_of(1);\n",
                 .fails = "42725",
                 .good = R"sql(BEGIN;
DROP FUNCTION label_of(bigint);
CREATE FUNCTION label_of(number bigint, long boolean DEFAULT false)
    RETURNS text LANGUAGE sql AS 'SELECT ''no '' || number';
COMMIT;
SELECT label_of(1);
)sql"}},
    {.code = "BC115",
     .severity = Severity::note,
     .title = "changes a default that programs may know",
     .effect = "Object mappers that read defaults when they start go on sending the old one until "
               "they start again.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "restart programs after the change",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ALTER COLUMN note SET DEFAULT 'none';\n",
                 .good = "COMMENT ON COLUMN customer.note IS 'remarks';\n"}},
    {.code = "BC116",
     .severity = Severity::note,
     .title = "adds a column of a type that cannot be compared",
     .effect = "The type json has no equality: SELECT DISTINCT, GROUP BY and UNION over all "
               "columns of the "
               "table fail from then on.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "use jsonb",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ADD COLUMN extra json;\n"
                        "SELECT DISTINCT * FROM customer;\n",
                 .fails = "42883",
                 .good = "ALTER TABLE customer ADD COLUMN extra jsonb;\n"
                         "SELECT DISTINCT * FROM customer;\n"}},
    {.code = "BC117",
     .severity = Severity::warning,
     .title = "refuses values that programs give for a column",
     .effect = "A column GENERATED ALWAYS takes no value of an INSERT: programs that give one "
               "fail.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "say BY DEFAULT until no program gives a value any more",
     .example = {.setup = {"CREATE TABLE visit (\n"
                           "    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);\n"},
                 .bad = "ALTER TABLE visit ALTER COLUMN id SET GENERATED ALWAYS;\n"
                        "INSERT INTO visit VALUES (1);\n",
                 .fails = "428C9",
                 .good = "COMMENT ON COLUMN visit.id IS 'numbered by the database';\n"
                         "INSERT INTO visit VALUES (1);\n"}},
    {.code = "BC118",
     .severity = Severity::warning,
     .title = "refuses rows that running programs may write",
     .effect = "A new UNIQUE, CHECK, foreign key, policy or trigger binds the release that runs "
               "now as well, which does not know of it.",
     .lock = "that of the statement",
     .way_out = "deploy what keeps the rule first",
     .example = {.setup = {kCustomer, kPurchase},
                 .bad = "ALTER TABLE purchase ADD CONSTRAINT purchase_total\n"
                        "    CHECK (total > 0) NOT VALID;\n",
                 .good = "SELECT id FROM purchase WHERE NOT (total > 0) LIMIT 1;\n"}},
    {.code = "BC119",
     .severity = Severity::warning,
     .title = "changes a table that subscribers copy",
     .effect = "The change of a table is not replicated: a subscriber without the new column, or "
               "with another type, stops at the first row that has it.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "add columns at the subscriber first, and drop them there last",
     .example = {.setup = {kCustomer, "CREATE PUBLICATION outside FOR TABLE customer;\n"},
                 .bad = "ALTER TABLE customer ADD COLUMN phone text;\n",
                 .good = "CREATE TABLE customer_phone (id bigint, phone text);\n"}},
};

}  // namespace

constinit const std::span<const Hazard> compatibility = kHazards;

}  // namespace schemac::catalogue
