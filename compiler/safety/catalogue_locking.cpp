#include "compiler/safety/catalogue.h"

namespace schemac::catalogue {
namespace {

constexpr std::string_view kLog =
    R"sql(CREATE TABLE log (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE log_2024 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO log VALUES (1, '2024-05-01');
)sql";

constexpr Hazard kHazards[] = {
    {.code = "LK101",
     .severity = Severity::warning,
     .title = "waits for a lock without end",
     .effect = "While it waits behind a long transaction, everybody who comes later waits behind "
               "it, readers included: one report can stop a whole application.",
     .lock = "any from SHARE on",
     .way_out = "set a lock timeout and try again; `schemac apply` does both",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ADD COLUMN phone text;\n",
                 .good = "SET lock_timeout = '2s';\n"
                         "ALTER TABLE customer ADD COLUMN phone text;\n"}},
    {.code = "LK102",
     .severity = Severity::warning,
     .title = "sets a timeout where it has no effect or outlives the file",
     .effect = "SET LOCAL outside of a transaction is a warning and nothing else, so there is no "
               "timeout; SET stays in the session, which a pool hands to somebody else.",
     .lock = "",
     .way_out = "use SET LOCAL inside the transaction, or leave timeouts to what runs the files",
     .example = {.setup = {kCustomer},
                 .bad = "SET LOCAL lock_timeout = '2s';\n"
                        "ALTER TABLE customer ADD COLUMN phone text;\n",
                 .good = "BEGIN;\nSET LOCAL lock_timeout = '2s';\n"
                         "ALTER TABLE customer ADD COLUMN phone text;\nCOMMIT;\n"}},
    {.code = "LK103",
     .severity = Severity::error,
     .title = "can be stopped by a timeout half-way",
     .effect = "A concurrent build waits for other transactions by design. A timeout that strikes "
               "meanwhile leaves an invalid index behind, which costs every write and, where it is "
               "unique, refuses rows.",
     .lock = "SHARE UPDATE EXCLUSIVE on the table",
     .way_out = "set both timeouts to 0 for the concurrent step, and look at indisvalid afterwards",
     .example = {.setup = {kCustomer},
                 .bad = "SET lock_timeout = '2s';\n"
                        "CREATE INDEX CONCURRENTLY customer_email ON customer (email);\n",
                 .good = "SET lock_timeout = 0;\nSET statement_timeout = 0;\n"
                         "CREATE INDEX CONCURRENTLY customer_email ON customer (email);\n"}},
    {.code = "LK104",
     .severity = Severity::warning,
     .title = "locks several tables in one transaction",
     .effect = "A program that takes the same tables in the other order and this transaction wait "
               "for each other; the server ends one of them.",
     .lock = "SHARE ROW EXCLUSIVE or stronger on two or more tables",
     .way_out = "give each table a transaction of its own",
     .example = {.setup = {kCustomer, kPurchase},
                 .bad = "BEGIN;\nALTER TABLE customer ADD COLUMN phone text;\n"
                        "ALTER TABLE purchase ADD COLUMN channel text;\nCOMMIT;\n",
                 .good = "BEGIN;\nALTER TABLE customer ADD COLUMN phone text;\nCOMMIT;\n"
                         "BEGIN;\nALTER TABLE purchase ADD COLUMN channel text;\nCOMMIT;\n"}},
    {.code = "LK105",
     .severity = Severity::warning,
     .title = "locks a table harder that its own transaction has used",
     .effect = "Two sessions that both hold a weak lock on a table and both ask for a strong one "
               "wait for each other: the upgrade deadlocks with every writer.",
     .lock = "ROW EXCLUSIVE, then ACCESS EXCLUSIVE on the table",
     .way_out = "change the structure first, in a transaction of its own, and the data after",
     .example = {.setup = {kCustomer},
                 .bad = "BEGIN;\nUPDATE customer SET note = '' WHERE id = 1;\n"
                        "ALTER TABLE customer ADD COLUMN phone text;\nCOMMIT;\n",
                 .good = "ALTER TABLE customer ADD COLUMN phone text;\n"
                         "UPDATE customer SET note = '' WHERE id = 1;\n"}},
    {.code = "LK106",
     .severity = Severity::error,
     .title = "does slow work while its transaction keeps a table locked",
     .effect = "A lock stays until the commit. What fills, checks or indexes a table behind a "
               "statement that took ACCESS EXCLUSIVE makes everybody wait for all of it.",
     .lock = "ACCESS EXCLUSIVE, until the commit",
     .way_out = "commit before the slow statement",
     .example = {.setup = {kCustomer},
                 .bad = "BEGIN;\nALTER TABLE customer ADD COLUMN phone text;\n"
                        "UPDATE customer SET phone = '' WHERE phone IS NULL;\nCOMMIT;\n",
                 .good = "ALTER TABLE customer ADD COLUMN phone text;\n"
                         "UPDATE customer SET phone = '' WHERE id > 0 AND id <= 5000;\n"}},
    {.code = "LK107",
     .severity = Severity::warning,
     .title = "makes writers of the table that it refers to wait",
     .effect = "A foreign key needs triggers on both tables, be the one that gets it new and "
               "empty: the other one takes no writes until the commit.",
     .lock = "SHARE ROW EXCLUSIVE on the table that is referred to",
     .way_out = "add the foreign key by itself, with a lock timeout, NOT VALID where rows exist",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE TABLE visit (id bigint PRIMARY KEY,\n"
                        "    customer_id bigint REFERENCES customer);\n",
                 .good = "CREATE TABLE visit (id bigint PRIMARY KEY, customer_id bigint);\n"}},
    {.code = "LK108",
     .severity = Severity::error,
     .title = "locks the table that a foreign key refers to for everybody",
     .effect = "A foreign key that goes, by itself or with its column or table, takes its triggers "
               "off the other table: readers of that one wait as well, which few expect.",
     .lock = "ACCESS EXCLUSIVE on both tables",
     .way_out = "drop the foreign key in a transaction of its own, with a lock timeout",
     .example = {.setup = {kCustomer, kPurchase},
                 .bad = "ALTER TABLE purchase DROP CONSTRAINT purchase_customer_id_fkey;\n",
                 .good = "COMMENT ON CONSTRAINT purchase_customer_id_fkey ON purchase\n"
                         "    IS 'goes in a quiet hour';\n"}},
    {.code = "LK109",
     .severity = Severity::error,
     .title = "changes the type of a column on one side of a foreign key",
     .effect = "Both tables are locked for everybody, and where the column is written anew the "
               "key is checked again, by reading both.",
     .lock = "ACCESS EXCLUSIVE on both tables",
     .way_out = "add columns of the new type to both tables, fill them in batches, swap the names",
     .example = {.setup = {kCustomer,
                           "CREATE TABLE visit (id bigint PRIMARY KEY,\n"
                           "    customer_id integer REFERENCES customer);\n"},
                 .bad = "ALTER TABLE visit ALTER COLUMN customer_id TYPE bigint;\n",
                 .good = "ALTER TABLE visit ADD COLUMN customer_id_2 bigint;\n"}},
    {.code = "LK110",
     .severity = Severity::error,
     .title = "builds an index while writers wait",
     .effect = "Reading goes on, and every INSERT, UPDATE and DELETE waits until the index is "
               "built: minutes to hours on a large table.",
     .lock = "SHARE on the table",
     .way_out = "build it concurrently",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE INDEX customer_email ON customer (email);\n",
                 .good = "CREATE INDEX CONCURRENTLY customer_email ON customer (email);\n"}},
    {.code = "LK111",
     .severity = Severity::warning,
     .title = "drops an index while nobody can use the table",
     .effect = "The drop itself takes a moment. Until it gets the lock, it waits for every "
               "transaction on the table, and everybody else waits behind it.",
     .lock = "ACCESS EXCLUSIVE on the table and the index",
     .way_out = "drop it concurrently",
     .example = {.setup = {kCustomer, "CREATE INDEX customer_email ON customer (email);\n"},
                 .bad = "DROP INDEX customer_email;\n",
                 .good = "DROP INDEX CONCURRENTLY customer_email;\n"}},
    {.code = "LK112",
     .severity = Severity::error,
     .title = "builds an index again while writers wait",
     .effect = "Writers wait for the whole build, and so do readers whose plan would look at the "
               "index.",
     .lock = "SHARE on the table, ACCESS EXCLUSIVE on the index",
     .way_out = "build it again concurrently, and look for what ends in _ccnew afterwards",
     .versions = "CONCURRENTLY since 12",
     .example = {.setup = {kCustomer, "CREATE INDEX customer_email ON customer (email);\n"},
                 .bad = "REINDEX INDEX customer_email;\n",
                 .good = "REINDEX INDEX CONCURRENTLY customer_email;\n"}},
    {.code = "LK113",
     .severity = Severity::warning,
     .title = "makes writers wait for a trigger",
     .effect = "A trigger that comes, or is switched on or off, takes a lock that no write gets "
               "past; the statement waits for all writers before it, and those after wait for it.",
     .lock = "SHARE ROW EXCLUSIVE on the table",
     .way_out = "set a lock timeout; replace a trigger in place instead of dropping it first",
     .versions = "CREATE OR REPLACE TRIGGER since 14",
     .example = {.setup = {kCustomer,
                           "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS\n"
                           "    $$ BEGIN RETURN new; END $$;\n"},
                 .bad = "CREATE TRIGGER stamped BEFORE INSERT ON customer\n"
                        "    FOR EACH ROW EXECUTE FUNCTION stamp();\n",
                 .good = "CREATE TABLE customer_2 (LIKE customer);\n"
                         "CREATE TRIGGER stamped BEFORE INSERT ON customer_2\n"
                         "    FOR EACH ROW EXECUTE FUNCTION stamp();\n"}},
    {.code = "LK114",
     .severity = Severity::warning,
     .title = "drops or renames a trigger, or changes a rule, while nobody can use the table",
     .effect = "Unlike making a trigger, this locks readers out as well.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "replace a trigger in place, which lets readers go on; set a lock timeout",
     .versions = "CREATE OR REPLACE TRIGGER since 14",
     .example = {.setup = {kCustomer,
                           "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS\n"
                           "    $$ BEGIN RETURN new; END $$;\n"
                           "CREATE TRIGGER stamped BEFORE INSERT ON customer\n"
                           "    FOR EACH ROW EXECUTE FUNCTION stamp();\n"},
                 .bad = "DROP TRIGGER stamped ON customer;\n",
                 .good = "CREATE OR REPLACE TRIGGER stamped BEFORE INSERT OR UPDATE ON customer\n"
                         "    FOR EACH ROW EXECUTE FUNCTION stamp();\n"}},
    {.code = "LK115",
     .severity = Severity::error,
     .title = "makes a partition while nobody can use the partitioned table",
     .effect = "CREATE TABLE … PARTITION OF locks the parent for readers and writers of all "
               "partitions, and a default partition too.",
     .lock = "ACCESS EXCLUSIVE on the parent and its default partition",
     .way_out = "make a plain table with a check of the bounds and attach it",
     .example = {.setup = {kLog},
                 .bad = "CREATE TABLE log_2025 PARTITION OF log\n"
                        "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');\n",
                 .good = R"sql(CREATE TABLE log_2025 (LIKE log INCLUDING ALL);
ALTER TABLE log_2025 ADD CONSTRAINT bounds
    CHECK (day IS NOT NULL AND day >= '2025-01-01' AND day < '2026-01-01');
ALTER TABLE log ATTACH PARTITION log_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE log_2025 DROP CONSTRAINT bounds;
)sql"}},
    {.code = "LK116",
     .severity = Severity::warning,
     .title = "detaches a partition while nobody can use the partitioned table",
     .effect = "The parent is locked for readers and writers of all partitions.",
     .lock = "ACCESS EXCLUSIVE on the parent and the partition",
     .way_out = "detach it concurrently; where there is a default partition, with a lock timeout",
     .versions = "CONCURRENTLY since 14, outside of transactions, without a default partition",
     .example = {.setup = {kLog},
                 .bad = "ALTER TABLE log DETACH PARTITION log_2024;\n",
                 .good = "ALTER TABLE log DETACH PARTITION log_2024 CONCURRENTLY;\n"}},
    {.code = "LK117",
     .severity = Severity::warning,
     .title = "drops a partition while nobody can use the partitioned table",
     .effect = "Dropping a partition locks its parent, and so all the other partitions.",
     .lock = "ACCESS EXCLUSIVE on the parent and the partition",
     .way_out = "detach it first; then the drop concerns it alone",
     .example = {.setup = {kLog},
                 .bad = "DROP TABLE log_2024;\n",
                 .good = "ALTER TABLE log DETACH PARTITION log_2024 CONCURRENTLY;\n"
                         "DROP TABLE log_2024;\n"}},
    {.code = "LK118",
     .severity = Severity::warning,
     .title = "attaches a partition to a table with foreign keys",
     .effect = "The partition gets the parent's foreign keys: the tables that these refer to are "
               "locked, and the partition is read for rows that break them. One that it has "
               "already saves the reading, and locks the other table for readers instead.",
     .lock = "SHARE ROW EXCLUSIVE or ACCESS EXCLUSIVE on the table that is referred to",
     .way_out = "attach by itself, with a lock timeout",
     .versions = "foreign keys of partitioned tables since 12 reach both sides",
     .example = {.setup = {kCustomer,
                           "CREATE TABLE visit (customer_id bigint REFERENCES customer,\n"
                           "    day date NOT NULL) PARTITION BY RANGE (day);\n"
                           "CREATE TABLE visit_2025 (customer_id bigint, day date NOT NULL);\n"},
                 .bad = "ALTER TABLE visit ATTACH PARTITION visit_2025\n"
                        "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');\n",
                 .good = "ALTER TABLE visit_2025 ADD CONSTRAINT bounds CHECK (\n"
                         "    day >= '2025-01-01' AND day < '2026-01-01');\n"}},
    {.code = "LK119",
     .severity = Severity::warning,
     .title = "fills a materialized view while nobody can read it",
     .effect = "The view is locked for as long as its query runs.",
     .lock = "ACCESS EXCLUSIVE on the materialized view",
     .way_out = "refresh it concurrently, which needs a unique index on it, and not in a migration",
     .example = {.setup = {kCustomer,
                           "CREATE MATERIALIZED VIEW known AS SELECT id, email FROM customer;\n"
                           "CREATE UNIQUE INDEX known_id ON known (id);\n"},
                 .bad = "REFRESH MATERIALIZED VIEW known;\n",
                 .good = "REFRESH MATERIALIZED VIEW CONCURRENTLY known;\n"}},
    {.code = "LK120",
     .severity = Severity::note,
     .title = "changes a view while nobody can use it",
     .effect = "Whoever reads the view waits for the commit; its tables stay usable.",
     .lock = "ACCESS EXCLUSIVE on the view",
     .way_out = "keep the transaction short and set a lock timeout",
     .example = {.setup = {kCustomer, "CREATE VIEW known AS SELECT id, email FROM customer;\n"},
                 .bad = "CREATE OR REPLACE VIEW known AS SELECT id, email FROM customer\n"
                        "    WHERE email IS NOT NULL;\n",
                 .good = "CREATE VIEW known_2 AS SELECT id, email FROM customer\n"
                         "    WHERE email IS NOT NULL;\n"}},
    {.code = "LK121",
     .severity = Severity::warning,
     .title = "changes a sequence: whoever draws from it waits for the commit",
     .effect =
         "Each nextval, and so every INSERT that takes its key from the sequence, waits until the "
         "transaction ends.",
     .lock = "SHARE ROW EXCLUSIVE on the sequence",
     .way_out = "give it a short transaction of its own",
     .example = {.setup = {"CREATE SEQUENCE bill_number;\n"},
                 .bad = "ALTER SEQUENCE bill_number INCREMENT BY 10;\n",
                 .good = "CREATE SEQUENCE bill_number_2 INCREMENT BY 10;\n"}},
    {.code = "LK122",
     .severity = Severity::warning,
     .title = "changes row security while nobody can use the table",
     .effect = "Policies and the switches of row security lock readers and writers out until the "
               "commit.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "put all such changes of one table into one short transaction, with a lock timeout",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE POLICY own ON customer USING (email = current_user);\n",
                 .good = "CREATE TABLE customer_2 (LIKE customer);\n"
                         "CREATE POLICY own ON customer_2 USING (email = current_user);\n"}},
    {.code = "LK123",
     .severity = Severity::note,
     .title = "locks the table for everybody, for a moment",
     .effect = "The change is one of the catalog alone and takes milliseconds, once it has the "
               "lock.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "set a lock timeout",
     .versions = "renaming an index takes SHARE UPDATE EXCLUSIVE since 12",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ALTER COLUMN note SET DEFAULT '';\n",
                 .good = "COMMENT ON COLUMN customer.note IS 'remarks';\n"}},
    {.code = "LK124",
     .severity = Severity::note,
     .title = "locks the table even where there is nothing to do",
     .effect = "IF NOT EXISTS looks only after it has the lock: a run that changes nothing stands "
               "in the queue, and others behind it, like one that does.",
     .lock = "ACCESS EXCLUSIVE on the table, SHARE for an index",
     .way_out = "look into the catalog first, and send the statement only where it is needed",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ADD COLUMN IF NOT EXISTS note varchar(40);\n",
                 .good = "SELECT 1 FROM pg_attribute\n"
                         "WHERE attrelid = 'customer'::regclass AND attname = 'note';\n"}},
    {.code = "LK125",
     .severity = Severity::warning,
     .title = "locks a table explicitly for everybody",
     .effect = "LOCK TABLE without a mode takes the strongest one.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "name the mode that is needed, with NOWAIT or a lock timeout",
     .example = {.setup = {kCustomer},
                 .bad = "BEGIN;\nLOCK TABLE customer;\nCOMMIT;\n",
                 .good = "BEGIN;\nLOCK TABLE customer IN SHARE UPDATE EXCLUSIVE MODE NOWAIT;\n"
                         "COMMIT;\n"}},
    {.code = "LK126",
     .severity = Severity::warning,
     .title = "locks every partition together with the partitioned table",
     .effect = "The change runs through all partitions in one transaction: as many locks as there "
               "are partitions, each waited for while the others are held already. Thousands of "
               "them can exceed max_locks_per_transaction.",
     .lock = "that of the statement, on the parent and each partition",
     .way_out = "prepare partition by partition, the parent last",
     .example = {.setup = {kLog},
                 .bad = "ALTER TABLE log ADD COLUMN source text;\n",
                 .good = "COMMENT ON TABLE log IS 'events by day';\n"}},
    {.code = "LK127",
     .severity = Severity::note,
     .title = "changes storage parameters of a table",
     .effect = "Reading and writing go on; VACUUM, ANALYZE and other maintenance wait. "
               "user_catalog_table alone locks everybody out.",
     .lock = "SHARE UPDATE EXCLUSIVE on the table",
     .way_out = "run it while no concurrent build is under way",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer SET (fillfactor = 70);\n",
                 .good = "CREATE TABLE customer_2 (LIKE customer) WITH (fillfactor = 70);\n"}},
    {.code = "LK128",
     .severity = Severity::note,
     .title = "waits for VACUUM and concurrent builds, and they for it",
     .effect = "Comments, statistics, VALIDATE and CONCURRENTLY exclude each other on one table: "
               "the statement waits as long as such work takes, an anti-wraparound VACUUM too.",
     .lock = "SHARE UPDATE EXCLUSIVE on the table",
     .way_out = "look at pg_stat_activity first",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ALTER COLUMN note SET STATISTICS 500;\n",
                 .good =
                     "SELECT pid, query FROM pg_stat_activity WHERE query LIKE '%customer%';\n"}},
};

}  // namespace

constinit const std::span<const Hazard> locking = kHazards;

}  // namespace schemac::catalogue
