#include "compiler/safety/catalogue.h"

namespace schemac::catalogue {
namespace {

constexpr Hazard kHazards[] = {
    {.code = "DS101",
     .severity = Severity::error,
     .title = "drops a schema",
     .effect = "The schema goes, and with CASCADE everything in it: tables with their rows, types, "
               "functions, and what other schemas built on them. One line of SQL hides how much.",
     .lock = "ACCESS EXCLUSIVE on every relation in it",
     .way_out = "drop what it holds object by object, and the schema once it is empty",
     .example = {.setup = {"CREATE SCHEMA archive;\nCREATE TABLE archive.bill (id bigint);\n"},
                 .bad = "DROP SCHEMA archive CASCADE;\n",
                 .good = "ALTER TABLE archive.bill SET SCHEMA public;\n"
                         "COMMENT ON SCHEMA archive IS 'empty, goes with the next release';\n"}},
    {.code = "DS102",
     .severity = Severity::error,
     .title = "drops a table and its rows",
     .effect = "The rows are gone with the commit; only a backup has them. The lock reaches the "
               "tables that its foreign keys refer to, and the parent where it is a partition.",
     .lock = "ACCESS EXCLUSIVE on the table, its indexes and the tables it refers to",
     .way_out = "stop using it, keep its rows under another name first, drop it in a later release",
     .example = {.setup = {kCustomer},
                 .bad = "DROP TABLE customer;\n",
                 .good = "SET lock_timeout = '2s';\n"
                         "ALTER TABLE customer RENAME TO customer_dropped_2024;\n"}},
    {.code = "DS103",
     .severity = Severity::error,
     .title = "drops a column and its values",
     .effect =
         "The values cannot be read again, although their room is given back only as rows "
         "are written anew. Programs that still name the column fail from then on. An attribute "
         "of a composite type goes from every column of that type.",
     .lock = "ACCESS EXCLUSIVE on the table, for a moment",
     .way_out = "stop using it first, drop it in a later release; `was` makes it a rename",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer DROP COLUMN note;\n",
                 .good = "COMMENT ON COLUMN customer.note IS 'unused, goes with the next release';"
                         "\n"}},
    {.code = "DS104",
     .severity = Severity::error,
     .title = "drops a column that indexes, constraints or statistics on several columns need",
     .effect = "An index, UNIQUE, CHECK, foreign key or statistics object over several columns "
               "goes with any one of them: without CASCADE, and without a word of the server. What "
               "it kept unique or true of the other columns is kept no longer.",
     .lock = "ACCESS EXCLUSIVE on the table, and on the other one where a foreign key goes",
     .way_out = "make what the remaining columns still need first, concurrently, then drop",
     .example = {.setup = {kCustomer,
                           "CREATE UNIQUE INDEX customer_email_note ON customer (email, note);\n"},
                 .bad = "ALTER TABLE customer DROP COLUMN note;\n",
                 .good = "CREATE UNIQUE INDEX CONCURRENTLY customer_email ON customer (email);\n"
                         "DROP INDEX CONCURRENTLY customer_email_note;\n"
                         "ALTER TABLE customer DROP COLUMN note;\n"}},
    {.code = "DS105",
     .severity = Severity::error,
     .title = "drops a type, domain or extension with all that is made of it",
     .effect = "With CASCADE, every column of the type is dropped from its table, rows and all; "
               "the server mentions it in a NOTICE at most.",
     .lock = "ACCESS EXCLUSIVE on every table that loses a column",
     .way_out = "give the columns another type first, then drop it without CASCADE",
     .example = {.setup = {kCustomer,
                           "CREATE DOMAIN phone AS text;\n"
                           "ALTER TABLE customer ADD COLUMN phone phone;\n"},
                 .bad = "DROP DOMAIN phone CASCADE;\n",
                 .good = "ALTER TABLE customer ALTER COLUMN phone TYPE text;\n"
                         "DROP DOMAIN phone RESTRICT;\n"}},
    {.code = "DS106",
     .severity = Severity::error,
     .title = "drops with CASCADE whatever depends on it",
     .effect = "Triggers, defaults, generated columns, indexes, foreign keys and views that need "
               "the object go too. Which ones depends on the database that it runs on.",
     .lock = "ACCESS EXCLUSIVE on the table of each of them",
     .way_out = "name each of them in a statement of its own, and leave CASCADE out",
     .example = {.setup = {kCustomer,
                           "CREATE VIEW reachable AS SELECT id, email FROM customer;\n"
                           "CREATE VIEW reachable_count AS SELECT count(*) FROM reachable;\n"},
                 .bad = "DROP VIEW reachable CASCADE;\n",
                 .good = "DROP VIEW reachable_count;\nDROP VIEW reachable;\n"}},
    {.code = "DS107",
     .severity = Severity::error,
     .title = "empties a table",
     .effect = "All rows go at once, whatever conditions the program had in mind. A transaction "
               "that began before sees an empty table as well.",
     .lock = "ACCESS EXCLUSIVE on the table and all that inherit from it",
     .way_out = "delete the rows that must go, in batches, or rename the table and make a new one",
     .example = {.setup = {kCustomer},
                 .bad = "TRUNCATE customer;\n",
                 .good = "DELETE FROM customer WHERE id IN (\n"
                         "    SELECT id FROM customer WHERE email IS NULL ORDER BY id LIMIT 5000);"
                         "\n"}},
    {.code = "DS108",
     .severity = Severity::error,
     .title = "empties a table and every table that refers to it",
     .effect = "CASCADE follows foreign keys, and theirs again: tables that the statement does not "
               "name lose all rows.",
     .lock = "ACCESS EXCLUSIVE on each of the tables",
     .way_out = "name every table that shall be empty",
     .example = {.setup = {kCustomer, kPurchase},
                 .bad = "TRUNCATE customer CASCADE;\n",
                 .good = "DELETE FROM purchase WHERE id IN (\n"
                         "    SELECT id FROM purchase WHERE total = 0 ORDER BY id LIMIT 5000);\n"}},
    {.code = "DS109",
     .severity = Severity::error,
     .title = "updates or deletes every row",
     .effect = "Without a condition the statement takes all rows, holds a lock on each until the "
               "commit and leaves a dead version of each behind.",
     .lock = "ROW EXCLUSIVE on the table, and a lock on each row",
     .way_out = "go by batches of the primary key, each in a transaction of its own",
     .example = {.setup = {kCustomer},
                 .bad = "UPDATE customer SET note = '';\n",
                 .good = "UPDATE customer SET note = ''\n"
                         "WHERE id > 0 AND id <= 5000 AND note IS NULL;\n"}},
    {.code = "DS110",
     .severity = Severity::error,
     .title = "changes a type so that values may not survive",
     .effect = "The new type holds less than the old one. Values that do not fit make the "
               "statement fail, are rounded or are cut, by the types; meanwhile the table is "
               "written anew.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "look for values that do not fit first, or add a column of the new type and fill "
                "it",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ALTER COLUMN note TYPE varchar(20);\n",
                 .good = "ALTER TABLE customer ADD CONSTRAINT note_short\n"
                         "    CHECK (length(note) <= 20) NOT VALID;\n"
                         "ALTER TABLE customer VALIDATE CONSTRAINT note_short;\n"}},
    {.code = "DS111",
     .severity = Severity::error,
     .title = "converts values by an expression that cuts them",
     .effect = "An explicit cast to a shorter type cuts without an error, and so does a function "
               "such as left(): what the values lose is lost silently.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "count the values that would change first, and move them aside",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ALTER COLUMN note TYPE varchar(4)\n"
                        "    USING note::varchar(4);\n",
                 .good = "ALTER TABLE customer ADD COLUMN note_short varchar(4);\n"
                         "UPDATE customer SET note_short = note\n"
                         "WHERE id > 0 AND id <= 5000 AND length(note) <= 4;\n"}},
    {.code = "DS112",
     .severity = Severity::error,
     .title = "drops a database, a tablespace or all that a role owns",
     .effect = "What goes is far more than a migration is about, and no down file brings it back.",
     .lock = "the whole database",
     .way_out = "leave this to whoever runs the server, with a backup at hand",
     .example = {.setup = {"CREATE ROLE clerk;\nCREATE TABLE draft (id bigint);\n"
                           "ALTER TABLE draft OWNER TO clerk;\n"},
                 .bad = "DROP OWNED BY clerk;\n",
                 .good = "REASSIGN OWNED BY clerk TO current_user;\n"}},
    {.code = "DS113",
     .severity = Severity::error,
     .title = "drops a sequence or sets it back",
     .effect = "The count is lost. A sequence that begins again hands out numbers that rows have "
               "already: inserts fail on the key, or two things get one number.",
     .lock = "ACCESS EXCLUSIVE on the sequence, or SHARE ROW EXCLUSIVE where it stays",
     .way_out = "compare with the greatest number in use, and only ever move it forward",
     .example = {.setup = {"CREATE SEQUENCE bill_number;\nSELECT nextval('bill_number');\n"},
                 .bad = "ALTER SEQUENCE bill_number RESTART;\n",
                 .good = "SELECT setval('bill_number', greatest(last_value, 1000))\n"
                         "FROM bill_number;\n"}},
    {.code = "DS114",
     .severity = Severity::error,
     .title = "makes a table unlogged: a crash empties it",
     .effect = "An unlogged table is empty after the server's next crash, and standbys never have "
               "its rows. The change itself writes the table anew.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "keep what must survive in a logged table",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer SET UNLOGGED;\n",
                 .good = "CREATE TABLE customer_import (LIKE customer);\n"}},
    {.code = "DS115",
     .severity = Severity::error,
     .title = "drops something and adds its like under another name",
     .effect = "What is meant as a rename destroys the values of the old name, and the new one "
               "begins empty.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "rename it; in the model, `was` says so",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer DROP COLUMN note;\n"
                        "ALTER TABLE customer ADD COLUMN remark varchar(40);\n",
                 .good = "ALTER TABLE customer RENAME COLUMN note TO remark;\n"}},
    {.code = "DS116",
     .severity = Severity::error,
     .title = "replaces an enum because a value goes or moves",
     .effect = "No version of PostgreSQL takes a value out of an enum. The type is made anew, and "
               "every column of it written anew; rows with the value that goes make it fail.",
     .lock = "ACCESS EXCLUSIVE on every table with a column of it",
     .way_out = "keep the value and forbid it by a check, or move its rows to another value first",
     .example = {.setup = {"CREATE TYPE state AS ENUM ('new', 'sent', 'lost');\n"
                           "CREATE TABLE parcel (id bigint PRIMARY KEY, state state);\n"
                           "INSERT INTO parcel VALUES (1, 'new');\n"},
                 .bad = "ALTER TYPE state RENAME TO state_old;\n"
                        "CREATE TYPE state AS ENUM ('new', 'sent');\n"
                        "ALTER TABLE parcel ALTER COLUMN state TYPE state\n"
                        "    USING state::text::state;\n"
                        "DROP TYPE state_old;\n",
                 .good = "ALTER TABLE parcel ADD CONSTRAINT never_lost\n"
                         "    CHECK (state <> 'lost') NOT VALID;\n"
                         "ALTER TABLE parcel VALIDATE CONSTRAINT never_lost;\n"}},
    {.code = "DS117",
     .severity = Severity::warning,
     .title = "lets a foreign key delete or change rows of its own accord",
     .effect = "From now on, deleting one row deletes those that refer to it, or empties their "
               "columns, and theirs again: programs that relied on the refusal destroy data.",
     .lock = "SHARE ROW EXCLUSIVE on both tables",
     .way_out = "count what one deletion reaches, and delete explicitly where that is much",
     .example = {.setup = {kCustomer, kPurchase},
                 .bad = "ALTER TABLE purchase ADD CONSTRAINT purchase_customer\n"
                        "    FOREIGN KEY (customer_id) REFERENCES customer\n"
                        "    ON DELETE CASCADE NOT VALID;\n",
                 .good = "ALTER TABLE purchase ADD CONSTRAINT purchase_customer\n"
                         "    FOREIGN KEY (customer_id) REFERENCES customer NOT VALID;\n"}},
    {.code = "DS118",
     .severity = Severity::warning,
     .title = "takes tables away from subscribers",
     .effect = "Whoever replicates from the publication gets no further change of those tables, "
               "and no error either.",
     .lock = "SHARE UPDATE EXCLUSIVE on the tables",
     .way_out = "add and drop single tables, by name, when the subscribers are ready",
     .example = {.setup = {kCustomer, kPurchase,
                           "CREATE PUBLICATION outside FOR TABLE customer;\n"},
                 .bad = "ALTER PUBLICATION outside SET TABLE purchase;\n",
                 .good = "ALTER PUBLICATION outside ADD TABLE purchase;\n"}},
};

}  // namespace

constinit const std::span<const Hazard> destructive = kHazards;

}  // namespace schemac::catalogue
