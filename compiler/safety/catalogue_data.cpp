#include "compiler/safety/catalogue.h"

namespace schemac::catalogue {
namespace {

constexpr std::string_view kLog =
    R"sql(CREATE TABLE log (id bigint NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE log_2024 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
)sql";
constexpr std::string_view kMember =
    R"sql(CREATE TABLE member (id bigint, email text, age text, sponsor_id bigint);
INSERT INTO member VALUES (1, 'ada@example.org', '36', 9), (1, NULL, 'old', NULL);
)sql";
constexpr std::string_view kKnown = "CREATE VIEW known AS SELECT id, email FROM customer;\n";

constexpr Hazard kHazards[] = {
    {.code = "DD101",
     .severity = Severity::error,
     .title = "adds a column without a value for the rows that exist: it fails where there are any",
     .effect = "NOT NULL without a default refuses the first row there is. On an empty database "
               "it passes.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "give it a default or say `backfill (…)`",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ADD COLUMN country text NOT NULL;\n",
                 .fails = "23502",
                 .good = "ALTER TABLE customer ADD COLUMN country text;\n"}},
    {.code = "DD102",
     .severity = Severity::error,
     .title = "refuses NULL in a column that may hold some",
     .effect = "One NULL makes it fail, after all rows before it were read under the lock.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "fill the column first, and prove it by a validated check",
     .example = {.setup = {kMember},
                 .bad = "ALTER TABLE member ALTER COLUMN email SET NOT NULL;\n",
                 .fails = "23502",
                 .good = R"sql(UPDATE member SET email = '' WHERE email IS NULL AND id <= 5000;
ALTER TABLE member ADD CONSTRAINT member_email CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE member VALIDATE CONSTRAINT member_email;
ALTER TABLE member ALTER COLUMN email SET NOT NULL;
)sql"}},
    {.code = "DD103",
     .severity = Severity::error,
     .title = "demands unique values where there may be duplicates",
     .effect = "The build fails at the first pair; a concurrent one leaves an invalid index "
               "behind.",
     .lock = "that of the build",
     .way_out = "look for duplicates first: GROUP BY … HAVING count(*) > 1",
     .example = {.setup = {kMember},
                 .bad = "ALTER TABLE member ADD CONSTRAINT member_id UNIQUE (id);\n",
                 .fails = "23505",
                 .good = "SELECT id FROM member GROUP BY id HAVING count(*) > 1 LIMIT 1;\n"}},
    {.code = "DD104",
     .severity = Severity::error,
     .title = "demands a check that rows may fail",
     .effect = "The first row that fails it ends the statement, be it ADD CONSTRAINT or VALIDATE.",
     .lock = "that of the statement",
     .way_out = "count the rows that fail first; add it NOT VALID, repair, validate",
     .example = {.setup = {kMember},
                 .bad = "ALTER TABLE member ADD CONSTRAINT member_age CHECK (age <> 'old');\n",
                 .fails = "23514",
                 .good = R"sql(ALTER TABLE member ADD CONSTRAINT member_age
    CHECK (age <> 'old') NOT VALID;
UPDATE member SET age = NULL WHERE age = 'old' AND id <= 5000;
ALTER TABLE member VALIDATE CONSTRAINT member_age;
)sql"}},
    {.code = "DD105",
     .severity = Severity::error,
     .title = "demands a foreign key where there may be orphans",
     .effect = "The first row without its counterpart ends the statement.",
     .lock = "SHARE ROW EXCLUSIVE on both tables",
     .way_out = "look for orphans first; add it NOT VALID, repair, validate",
     .example = {.setup = {kCustomer, kMember},
                 .bad = "ALTER TABLE member ADD CONSTRAINT member_sponsor\n"
                        "    FOREIGN KEY (sponsor_id) REFERENCES customer;\n",
                 .fails = "23503",
                 .good = R"sql(ALTER TABLE member ADD CONSTRAINT member_sponsor
    FOREIGN KEY (sponsor_id) REFERENCES customer NOT VALID;
UPDATE member SET sponsor_id = NULL WHERE sponsor_id = 9 AND id <= 5000;
ALTER TABLE member VALIDATE CONSTRAINT member_sponsor;
)sql"}},
    {.code = "DD106",
     .severity = Severity::error,
     .title = "casts values that may have no form in the new type",
     .effect = "The first value that cannot be cast ends the statement, after the table was partly "
               "written anew under the lock.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "try the same cast in a SELECT first, or fill a new column in batches",
     .example = {.setup = {kMember},
                 .bad = "ALTER TABLE member ALTER COLUMN age TYPE integer USING age::integer;\n",
                 .fails = "22P02",
                 .good = "ALTER TABLE member ADD COLUMN age_2 integer;\n"
                         "UPDATE member SET age_2 = age::integer\n"
                         "WHERE id <= 5000 AND age ~ '^\\d+$';\n"}},
    {.code = "DD107",
     .severity = Severity::error,
     .title = "makes a constraint of an index that cannot be one",
     .effect = "A partial index, one with an expression or of another order, and one that is "
               "invalid are refused.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "build a plain ascending index without a condition",
     .example = {.setup = {kCustomer,
                           "CREATE UNIQUE INDEX customer_email ON customer (email)\n"
                           "    WHERE email <> '';\n"},
                 .bad = "ALTER TABLE customer ADD CONSTRAINT customer_email\n"
                        "    UNIQUE USING INDEX customer_email;\n",
                 .fails = "42809",
                 .good = "CREATE UNIQUE INDEX CONCURRENTLY customer_mail ON customer (email);\n"
                         "ALTER TABLE customer ADD CONSTRAINT customer_mail\n"
                         "    UNIQUE USING INDEX customer_mail;\n"}},
    {.code = "DD108",
     .severity = Severity::error,
     .title = "changes a table with triggers that wait for the commit",
     .effect = "Rows that were written in the same transaction have deferred checks pending, and "
               "the table cannot be altered before these ran. Without rows, as in a test, it "
               "passes.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "use two transactions, or SET CONSTRAINTS ALL IMMEDIATE between the two",
     .example = {.setup = {kCustomer,
                           "CREATE TABLE visit (id bigint, customer_id bigint\n"
                           "    REFERENCES customer DEFERRABLE INITIALLY DEFERRED);\n"
                           "INSERT INTO visit VALUES (1, 1);\n"},
                 .bad = "BEGIN;\nUPDATE visit SET customer_id = 2 WHERE id = 1;\n"
                        "ALTER TABLE visit ADD COLUMN day date;\nCOMMIT;\n",
                 .fails = "55006",
                 .good = "BEGIN;\nUPDATE visit SET customer_id = 2 WHERE id = 1;\nCOMMIT;\n"
                         "ALTER TABLE visit ADD COLUMN day date;\n"}},
    {.code = "DD109",
     .severity = Severity::error,
     .title = "uses a value of an enum in the transaction that added it",
     .effect = "A new value exists for others only after the commit; until then, using it in a "
               "default, a row or an index is an error.",
     .lock = "",
     .way_out = "commit between the two",
     .versions = "before 12 ADD VALUE cannot run in a transaction at all",
     .example = {.setup = {"CREATE TYPE state AS ENUM ('new', 'sent');\n"
                           "CREATE TABLE parcel (id bigint PRIMARY KEY, state state);\n"},
                 .bad = "BEGIN;\nALTER TYPE state ADD VALUE 'lost';\n"
                        "INSERT INTO parcel VALUES (1, 'lost');\nCOMMIT;\n",
                 .fails = "55P04",
                 .good = "ALTER TYPE state ADD VALUE 'lost';\n"
                         "INSERT INTO parcel VALUES (1, 'lost');\n"}},
    {.code = "DD110",
     .severity = Severity::error,
     .title = "demands unique values of a partitioned table without its partition key",
     .effect = "Each partition can look after itself alone, so the key must be part of what is "
               "unique.",
     .lock = "",
     .way_out = "include the columns of the partition key, or give each partition its own index",
     .example = {.setup = {kLog},
                 .bad = "ALTER TABLE log ADD CONSTRAINT log_pkey PRIMARY KEY (id);\n",
                 .fails = "0A000",
                 .good = "CREATE UNIQUE INDEX CONCURRENTLY log_2024_id ON log_2024 (id);\n"}},
    {.code = "DD111",
     .severity = Severity::error,
     .title = "changes the type of a column that a view, rule, policy or generated column uses",
     .effect = "The server refuses it: what uses the column holds its type.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "drop what uses it and make it again in the same transaction, with its grants",
     .example = {.setup = {kCustomer, kKnown},
                 .bad = "ALTER TABLE customer ALTER COLUMN email TYPE varchar(80);\n",
                 .fails = "0A000",
                 .good = "BEGIN;\nDROP VIEW known;\n"
                         "ALTER TABLE customer ALTER COLUMN note TYPE varchar(80);\n"
                         "CREATE VIEW known AS SELECT id, email FROM customer;\nCOMMIT;\n"}},
    {.code = "DD112",
     .severity = Severity::error,
     .title = "replaces a view or function by one of another shape",
     .effect = "CREATE OR REPLACE keeps the columns of a view, in name, order and type, and the "
               "result type and argument names of a function: otherwise it fails.",
     .lock = "",
     .way_out = "add columns at the end, or drop and create it with its owner and grants",
     .example = {.setup = {kCustomer, kKnown},
                 .bad = "CREATE OR REPLACE VIEW known AS SELECT email, id FROM customer;\n",
                 .fails = "42P16",
                 .good = "CREATE OR REPLACE VIEW known AS SELECT id, email, note FROM customer;"
                         "\n"}},
    {.code = "DD113",
     .severity = Severity::error,
     .title = "drops what others depend on",
     .effect = "Without CASCADE the server refuses it.",
     .lock = "",
     .way_out = "drop the dependants first, each by its name",
     .example = {.setup = {kCustomer, kKnown},
                 .bad = "DROP TABLE customer;\n",
                 .fails = "2BP01",
                 .good = "DROP VIEW known;\nALTER TABLE customer RENAME TO customer_dropped;\n"}},
    {.code = "DD114",
     .severity = Severity::error,
     .title = "works concurrently where PostgreSQL cannot",
     .effect = "CONCURRENTLY is refused on partitioned tables and their indexes, on the index of a "
               "constraint, for several indexes at once, with CASCADE, and for DETACH where there "
               "is a default partition.",
     .lock = "",
     .way_out = "use the plain form with a lock timeout, or go partition by partition",
     .example = {.setup = {kLog},
                 .bad = "CREATE INDEX CONCURRENTLY log_day ON log (day);\n",
                 .fails = "0A000",
                 .good = "CREATE INDEX log_day ON ONLY log (day);\n"
                         "CREATE INDEX CONCURRENTLY log_2024_day ON log_2024 (day);\n"
                         "ALTER INDEX log_day ATTACH PARTITION log_2024_day;\n"}},
    {.code = "DD115",
     .severity = Severity::error,
     .title = "takes an invalid index for one that is there",
     .effect = "A concurrent build that was interrupted leaves its index behind, invalid. IF NOT "
               "EXISTS then finds it and does nothing: the migration succeeds, the index does not "
               "serve any query.",
     .lock = "SHARE UPDATE EXCLUSIVE on the table",
     .way_out = "look at indisvalid, and drop what is invalid before building again",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE INDEX CONCURRENTLY IF NOT EXISTS customer_email\n"
                        "    ON customer (email);\n",
                 .good = "DROP INDEX CONCURRENTLY IF EXISTS customer_email;\n"
                         "CREATE INDEX CONCURRENTLY customer_email ON customer (email);\n"}},
    {.code = "DD116",
     .severity = Severity::warning,
     .title = "passes over what is there already, whatever that is",
     .effect = "IF [NOT] EXISTS compares names alone: another type, other columns or a misspelt "
               "name go unseen, and the migration counts as applied.",
     .lock = "",
     .way_out = "say exactly what shall happen, and let it fail where the database differs",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE TABLE IF NOT EXISTS customer (id bigint, phone text);\n",
                 .good = "CREATE TABLE customer_phone (id bigint, phone text);\n"}},
    {.code = "DD117",
     .severity = Severity::error,
     .title = "leaves the sequence smaller than its column",
     .effect = "A serial column that becomes bigint still draws from a sequence AS integer: after "
               "2147483647 every insert fails. An identity column takes its sequence along.",
     .lock = "",
     .way_out = "ALTER SEQUENCE … AS bigint in the same migration",
     .example = {.setup = {"CREATE TABLE visit (id serial PRIMARY KEY);\n"},
                 .bad = "ALTER TABLE visit ALTER COLUMN id TYPE bigint;\n",
                 .good = "ALTER TABLE visit ALTER COLUMN id TYPE bigint;\n"
                         "ALTER SEQUENCE visit_id_seq AS bigint;\n"}},
};

}  // namespace

constinit const std::span<const Hazard> data = kHazards;

}  // namespace schemac::catalogue
