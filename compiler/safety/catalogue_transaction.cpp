#include "compiler/safety/catalogue.h"

namespace schemac::catalogue {
namespace {

constexpr Hazard kIrreversible[] = {
    {.code = "IR101",
     .severity = Severity::error,
     .title = "destroys what no down file brings back",
     .effect = "The way back makes an empty table, column or count of the same name: none of its "
               "values return.",
     .lock = "",
     .way_out = "keep the rows under another name, so that the way back has them",
     .example = {.setup = {kCustomer},
                 .bad = "DROP TABLE customer;\n",
                 .good = "ALTER TABLE customer RENAME TO customer_dropped_2024;\n"}},
    {.code = "IR102",
     .severity = Severity::warning,
     .title = "widens a type, which is hard to take back",
     .effect = "The way back narrows the type again: it writes the table anew, and fails once a "
               "value needs the wider type.",
     .lock = "ACCESS EXCLUSIVE on the table, on the way back",
     .way_out = "leave the wider type where it is, even when the rest is taken back",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ALTER COLUMN note TYPE varchar(80);\n"
                        "INSERT INTO customer VALUES (3, '', repeat('x', 80));\n"
                        "ALTER TABLE customer ALTER COLUMN note TYPE varchar(40);\n",
                 .fails = "22001",
                 .good = "ALTER TABLE customer ADD COLUMN note_2 varchar(80);\n"}},
    {.code = "IR103",
     .severity = Severity::warning,
     .title = "adds a value to an enum, which cannot be taken back",
     .effect = "There is no DROP VALUE. The way back makes the type, and every column of it, "
               "anew.",
     .lock = "",
     .way_out = "be sure of the value; a lookup table can lose a row",
     .example = {.setup = {"CREATE TYPE state AS ENUM ('new', 'sent');\n"},
                 .bad = "ALTER TYPE state ADD VALUE 'lost';\n",
                 .good = "CREATE TABLE state_name (name text PRIMARY KEY);\n"}},
    {.code = "IR104",
     .severity = Severity::warning,
     .title = "blocks on the way back",
     .effect = "What was dropped must be built or checked again: an index under SHARE, NOT NULL "
               "and UNIQUE under ACCESS EXCLUSIVE, in the middle of an incident.",
     .lock = "SHARE or ACCESS EXCLUSIVE on the table, on the way back",
     .way_out = "write the way back with the same care: concurrently, NOT VALID",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE INDEX customer_note ON customer (note);\n",
                 .good = "CREATE INDEX CONCURRENTLY customer_note ON customer (note);\n"}},
    {.code = "IR105",
     .severity = Severity::warning,
     .title = "changes rows in a way that nothing undoes",
     .effect = "The old values are nowhere once the statement has committed.",
     .lock = "ROW EXCLUSIVE on the table",
     .way_out = "copy the old values into a table of their own first",
     .example = {.setup = {kCustomer},
                 .bad = "UPDATE customer SET note = upper(note) WHERE id <= 5000;\n",
                 .good = "CREATE TABLE customer_note_old AS\n"
                         "    SELECT id, note FROM customer WHERE id <= 5000;\n"}},
    {.code = "IR106",
     .severity = Severity::warning,
     .title = "makes an object anew without all that it was",
     .effect = "Owner, grants, comments, storage, statistics targets, publications and the order "
               "of columns are not part of a plain CREATE.",
     .lock = "",
     .way_out = "say each of them again, or alter the object in place",
     .example = {.setup = {kCustomer,
                           "CREATE VIEW known AS SELECT id FROM customer;\n"
                           "COMMENT ON VIEW known IS 'who is known';\n"},
                 .bad = "DROP VIEW known;\nCREATE VIEW known AS SELECT id, email FROM customer;\n",
                 .good = "CREATE OR REPLACE VIEW known AS SELECT id, email FROM customer;\n"}},
    {.code = "IR107",
     .severity = Severity::note,
     .title = "takes back what it may not have made",
     .effect = "Where IF NOT EXISTS found something, the way back drops what was there before.",
     .lock = "",
     .way_out = "make it without a condition",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE TABLE IF NOT EXISTS customer (id bigint);\nDROP TABLE customer;\n",
                 .good = "CREATE TABLE customer_2 (id bigint);\nDROP TABLE customer_2;\n"}},
    {.code = "IR108",
     .severity = Severity::note,
     .title = "has no way back at all",
     .effect = "When the release fails, the database can only go forward or come from a backup.",
     .lock = "",
     .way_out = "write the way back, or say in the file why there is none",
     .example = {.setup = {kCustomer},
                 .bad = "DELETE FROM customer WHERE id = 1;\n",
                 .good = "CREATE TABLE customer_old AS SELECT * FROM customer WHERE id = 1;\n"}},
};

constexpr Hazard kTransaction[] = {
    {.code = "TX101",
     .severity = Severity::error,
     .title = "cannot run in a transaction, and stands in one",
     .effect = "CREATE, DROP and REINDEX … CONCURRENTLY, DETACH … CONCURRENTLY, VACUUM, CREATE and "
               "DROP DATABASE, ALTER SYSTEM and CREATE TABLESPACE are refused inside BEGIN.",
     .lock = "",
     .way_out = "give it a place outside of any transaction",
     .versions = "ALTER TYPE … ADD VALUE too before 12",
     .example = {.setup = {kCustomer},
                 .bad = "BEGIN;\nCREATE INDEX CONCURRENTLY customer_email ON customer (email);\n"
                        "COMMIT;\n",
                 .fails = "25001",
                 .good = "CREATE INDEX CONCURRENTLY customer_email ON customer (email);\n"}},
    {.code = "TX103",
     .severity = Severity::error,
     .title = "commits half-way",
     .effect = "Behind a COMMIT inside of a file whose runner has a transaction of its own, the "
               "rest runs without one, and the runner's record of it is wrong.",
     .lock = "",
     .way_out = "leave BEGIN and COMMIT to the runner, or use its directive for none",
     .example = {.setup = {kCustomer},
                 .bad = "BEGIN;\nALTER TABLE customer ADD COLUMN phone text;\nBEGIN;\nCOMMIT;\n"
                        "ALTER TABLE customer ADD COLUMN fax text;\nCOMMIT;\n",
                 .good = "BEGIN;\nALTER TABLE customer ADD COLUMN phone text;\n"
                         "ALTER TABLE customer ADD COLUMN fax text;\nCOMMIT;\n"}},
    {.code = "TX104",
     .severity = Severity::error,
     .title = "begins a transaction and does not end it",
     .effect = "At the end of the file the session is closed, and with it all that the file did.",
     .lock = "",
     .way_out = "end it by COMMIT",
     .example = {.setup = {kCustomer},
                 .bad = "BEGIN;\nALTER TABLE customer ADD COLUMN phone text;\n",
                 .good = "BEGIN;\nALTER TABLE customer ADD COLUMN phone text;\nCOMMIT;\n"}},
    {.code = "TX105",
     .severity = Severity::warning,
     .title = "runs several statements without a transaction",
     .effect = "When the second one fails, the first one stays, and the next run fails at that.",
     .lock = "",
     .way_out = "put one such statement into a file, or record each by itself as schemac does",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE INDEX CONCURRENTLY customer_email ON customer (email);\n"
                        "CREATE INDEX CONCURRENTLY customer_note ON customer (note);\n",
                 .good = "CREATE INDEX CONCURRENTLY customer_email ON customer (email);\n"}},
    {.code = "TX108",
     .severity = Severity::warning,
     .title = "leaves the session other than it was",
     .effect = "A role, search path or timeout that is set stays for whatever runs next in the "
               "session, the next migration or another program of the pool.",
     .lock = "",
     .way_out = "use SET LOCAL in a transaction, or RESET at the end",
     .example = {.setup = {kCustomer},
                 .bad = "SET search_path = public;\nALTER TABLE customer ADD COLUMN phone text;\n",
                 .good = "BEGIN;\nSET LOCAL search_path = public;\n"
                         "ALTER TABLE customer ADD COLUMN phone text;\nCOMMIT;\n"}},
};

}  // namespace

constinit const std::span<const Hazard> irreversible = kIrreversible;
constinit const std::span<const Hazard> transaction = kTransaction;

}  // namespace schemac::catalogue
