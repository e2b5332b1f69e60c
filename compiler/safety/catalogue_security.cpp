#include "compiler/safety/catalogue.h"

namespace schemac::catalogue {
namespace {

constexpr Hazard kSecurity[] = {
    {.code = "SEC101",
     .severity = Severity::warning,
     .title = "grants more than a named right to a named role",
     .effect = "PUBLIC is every role, those of the future included; ALL is every privilege, those "
               "of future versions included; WITH GRANT OPTION lets others pass it on.",
     .lock = "",
     .way_out = "name the roles and the privileges",
     .example = {.setup = {kCustomer, "CREATE ROLE clerk;\n"},
                 .bad = "GRANT SELECT ON customer TO PUBLIC;\n",
                 .good = "GRANT SELECT ON customer TO clerk;\n"}},
    {.code = "SEC102",
     .severity = Severity::error,
     .title = "switches row security on where no policy lets anybody see a row",
     .effect = "Without a policy, everybody but the owner sees an empty table at once, and no "
               "error.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "make the policies first and switch it on last, in one transaction",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ENABLE ROW LEVEL SECURITY;\n",
                 .good = "BEGIN;\nCREATE POLICY own ON customer USING (email = current_user);\n"
                         "ALTER TABLE customer ENABLE ROW LEVEL SECURITY;\nCOMMIT;\n"}},
    {.code = "SEC103",
     .severity = Severity::warning,
     .title = "opens rows that a policy kept closed",
     .effect = "Switching row security off, no longer forcing it on the owner, dropping a policy, "
               "or one that says USING (true) shows rows to roles that did not see them.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "alter the policy in place, and say who shall see what",
     .example = {.setup = {kCustomer,
                           "CREATE POLICY own ON customer USING (email = current_user);\n"
                           "ALTER TABLE customer ENABLE ROW LEVEL SECURITY;\n"},
                 .bad = "ALTER TABLE customer DISABLE ROW LEVEL SECURITY;\n",
                 .good = "ALTER POLICY own ON customer\n"
                         "    USING (email = current_user AND id > 0);\n"}},
    {.code = "SEC104",
     .severity = Severity::error,
     .title = "shows rows past row security by a view",
     .effect = "A view reads its tables with the rights of its owner, unless it is a "
               "security_invoker: policies that bind the reader of the table do not bind the "
               "reader of the view.",
     .lock = "ACCESS EXCLUSIVE on the view",
     .way_out = "set security_invoker, and set it again where the view is made anew",
     .versions = "security_invoker since 15",
     .since = 15,
     .example = {.setup = {kCustomer,
                           "CREATE POLICY own ON customer USING (email = current_user);\n"
                           "ALTER TABLE customer ENABLE ROW LEVEL SECURITY;\n"},
                 .bad = "CREATE VIEW known AS SELECT id, email FROM customer;\n",
                 .good = "CREATE VIEW known WITH (security_invoker = true) AS\n"
                         "    SELECT id, email FROM customer;\n"}},
    {.code = "SEC105",
     .severity = Severity::warning,
     .title = "runs with its owner's rights and its caller's search path",
     .effect = "A SECURITY DEFINER function that does not set its search_path calls what the "
               "caller puts in front: a function or operator of the same name runs with the "
               "owner's rights.",
     .lock = "",
     .way_out = "SET search_path = pg_catalog, pg_temp on the function",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE FUNCTION known() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS\n"
                        "    'SELECT count(*) FROM public.customer';\n",
                 .good = "CREATE FUNCTION known() RETURNS bigint LANGUAGE sql SECURITY DEFINER\n"
                         "    SET search_path = pg_catalog, pg_temp\n"
                         "    AS 'SELECT count(*) FROM public.customer';\n"}},
    {.code = "SEC106",
     .severity = Severity::error,
     .title = "drops and makes anew what had rights of its own",
     .effect = "Owner, grants and options go with the old object. A function made anew can be "
               "called by everybody again.",
     .lock = "ACCESS EXCLUSIVE on the object",
     .way_out = "CREATE OR REPLACE where that is possible, else grant and revoke what it had",
     .example = {.setup = {"CREATE FUNCTION secret() RETURNS text LANGUAGE sql AS 'SELECT ''x''';\n"
                           "REVOKE EXECUTE ON FUNCTION secret() FROM PUBLIC;\n"},
                 .bad = "DROP FUNCTION secret();\n"
                        "CREATE FUNCTION secret() RETURNS text LANGUAGE sql AS 'SELECT ''y''';\n",
                 .good = "CREATE OR REPLACE FUNCTION secret() RETURNS text LANGUAGE sql AS\n"
                         "    'SELECT ''y''';\n"}},
    {.code = "SEC107",
     .severity = Severity::note,
     .title = "makes a function that everybody can call",
     .effect = "EXECUTE of a new function belongs to PUBLIC, unless default privileges say "
               "otherwise.",
     .lock = "",
     .way_out = "revoke it in the same transaction, and grant it to those who need it",
     .example = {.setup = {""},
                 .bad = "CREATE FUNCTION next_bill() RETURNS bigint LANGUAGE sql AS 'SELECT 1::"
                        "bigint';\n",
                 .good = "BEGIN;\n"
                         "CREATE FUNCTION next_bill() RETURNS bigint LANGUAGE sql AS 'SELECT 1::"
                         "bigint';\n"
                         "REVOKE EXECUTE ON FUNCTION next_bill() FROM PUBLIC;\nCOMMIT;\n"}},
    {.code = "SEC108",
     .severity = Severity::error,
     .title = "switches off what checks foreign keys",
     .effect = "With triggers disabled, or session_replication_role = replica, rows are written "
               "unchecked: orphans stay, and the constraint still says that it is valid.",
     .lock = "SHARE ROW EXCLUSIVE on the table",
     .way_out = "make the foreign key NOT VALID, repair the rows, and validate it",
     .example = {.setup = {kCustomer, kPurchase},
                 .bad = "ALTER TABLE purchase DISABLE TRIGGER ALL;\n",
                 .good = "SELECT id FROM purchase\n"
                         "WHERE customer_id NOT IN (SELECT id FROM customer) LIMIT 1;\n"}},
    {.code = "SEC109",
     .severity = Severity::warning,
     .title = "gives an object another owner, or runs as another role",
     .effect = "The owner may do everything with the object, row security does not bind it, and "
               "views and SECURITY DEFINER functions run with its rights.",
     .lock = "ACCESS EXCLUSIVE on the table and its indexes",
     .way_out = "look at what the new owner may do, and what runs with its rights",
     .example = {.setup = {kCustomer, "CREATE ROLE clerk;\n"},
                 .bad = "ALTER TABLE customer OWNER TO clerk;\n",
                 .good = "GRANT SELECT, INSERT, UPDATE ON customer TO clerk;\n"}},
    {.code = "SEC110",
     .severity = Severity::warning,
     .title = "installs or updates code of an extension or untrusted language",
     .effect = "The scripts of an extension run with high rights, and may differ from machine to "
               "machine; an untrusted language reaches beyond the database.",
     .lock = "",
     .way_out = "provide extensions where servers are set up, with a version that is stated",
     .example = {.setup = {""},
                 .bad = "CREATE EXTENSION IF NOT EXISTS plpgsql;\n",
                 .good = "SELECT extversion FROM pg_extension WHERE extname = 'plpgsql';\n"}},
    {.code = "SEC111",
     .severity = Severity::note,
     .title = "names an object without its schema",
     .effect = "Which object is meant depends on the search_path of whoever runs the file.",
     .lock = "",
     .way_out = "name the schema",
     .example = {.setup = {kCustomer},
                 .bad = "COMMENT ON TABLE customer IS 'who buys';\n",
                 .good = "COMMENT ON TABLE public.customer IS 'who buys';\n"}},
};

constexpr Hazard kPerformance[] = {
    {.code = "PF101",
     .severity = Severity::warning,
     .title = "adds a foreign key without an index on its columns",
     .effect = "Each DELETE or key UPDATE of the other table reads this one from end to end, for "
               "each row.",
     .lock = "",
     .way_out = "build an index that begins with the columns first, concurrently",
     .example = {.setup = {kCustomer,
                           "CREATE TABLE visit (id bigint PRIMARY KEY,\n"
                           "    customer_id bigint);\n"},
                 .bad = "ALTER TABLE visit ADD CONSTRAINT visit_customer\n"
                        "    FOREIGN KEY (customer_id) REFERENCES customer NOT VALID;\n",
                 .good = "CREATE INDEX CONCURRENTLY visit_customer ON visit (customer_id);\n"
                         "ALTER TABLE visit ADD CONSTRAINT visit_customer\n"
                         "    FOREIGN KEY (customer_id) REFERENCES customer NOT VALID;\n"}},
    {.code = "PF102",
     .severity = Severity::note,
     .title = "builds an index that another one makes superfluous",
     .effect = "An index whose columns begin another one answers nothing that the other does not, "
               "and costs each write.",
     .lock = "that of the build",
     .way_out = "drop the shorter one, or do not build it",
     .example = {.setup = {kCustomer,
                           "CREATE INDEX customer_mail_note\n"
                           "    ON customer (email, note);\n"},
                 .bad = "CREATE INDEX CONCURRENTLY customer_mail ON customer (email);\n",
                 .good = "CREATE INDEX CONCURRENTLY customer_note ON customer (note);\n"}},
    {.code = "PF103",
     .severity = Severity::warning,
     .title = "deletes the planner's statistics of a column",
     .effect = "Any change of a type, a free one as well, takes what ANALYZE knew of the column: "
               "until it runs again, plans are made by guess.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "ANALYZE the column right behind it",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ALTER COLUMN note TYPE varchar(80);\n",
                 .good = "ALTER TABLE customer ALTER COLUMN note TYPE varchar(80);\n"
                         "ANALYZE customer (note);\n"}},
    {.code = "PF104",
     .severity = Severity::note,
     .title = "needs statistics that nobody gathers",
     .effect = "An index on an expression has statistics of its own, and a column that was just "
               "filled has none: until ANALYZE runs, plans are made by guess.",
     .lock = "",
     .way_out = "ANALYZE the table right behind it",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE INDEX CONCURRENTLY customer_mail ON customer (lower(email));\n",
                 .good = "CREATE INDEX CONCURRENTLY customer_mail ON customer (lower(email));\n"
                         "ANALYZE customer;\n"}},
    {.code = "PF105",
     .severity = Severity::warning,
     .title = "fills a column in one statement",
     .effect = "All rows are locked until the commit, standbys fall behind, and the table doubles "
               "in size.",
     .lock = "ROW EXCLUSIVE on the table, and a lock on each row",
     .way_out = "go by batches of the primary key, each in a transaction of its own",
     .example = {.setup = {kCustomer},
                 .bad = "UPDATE customer SET note = '' WHERE note IS NULL;\n",
                 .good = R"sql(WITH batch AS (
    SELECT id FROM customer WHERE id > 0 AND note IS NULL ORDER BY id LIMIT 5000
    FOR UPDATE SKIP LOCKED)
UPDATE customer SET note = '' FROM batch WHERE customer.id = batch.id;
)sql"}},
    {.code = "PF106",
     .severity = Severity::warning,
     .title = "numbers rows by an integer that runs out",
     .effect = "An integer key ends at 2147483647, a smallint at 32767; a wider one means to write "
               "the table, and all that refers to it, anew.",
     .lock = "",
     .way_out = "use bigint, as identity",
     .example = {.setup = {""},
                 .bad = "CREATE TABLE visit (id serial PRIMARY KEY);\n",
                 .good = "CREATE TABLE visit (\n"
                         "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);\n"}},
    {.code = "PF107",
     .severity = Severity::note,
     .title = "uses a type that tends to be regretted",
     .effect = "A char(n) pads with blanks, timestamp has no zone, money depends on the locale.",
     .lock = "",
     .way_out = "use text, timestamptz and numeric",
     .example = {.setup = {""},
                 .bad = "CREATE TABLE bill (code char(4), at timestamp, total money);\n",
                 .good = "CREATE TABLE bill (code text, at timestamptz, total numeric);\n"}},
    {.code = "PF108",
     .severity = Severity::note,
     .title = "builds an index over many columns, or by hash",
     .effect = "Behind the third column, an index seldom helps and always costs; a hash index "
               "serves equality alone and can be neither unique nor over several columns.",
     .lock = "that of the build",
     .way_out = "index what queries really ask for",
     .example = {.setup = {kCustomer, kPurchase},
                 .bad = "CREATE INDEX CONCURRENTLY purchase_all\n"
                        "    ON purchase (customer_id, total, placed_at, id);\n",
                 .good = "CREATE INDEX CONCURRENTLY purchase_by ON purchase (customer_id, total);"
                         "\n"}},
    {.code = "PF109",
     .severity = Severity::warning,
     .title = "leaves a published table without a replica identity",
     .effect = "UPDATE and DELETE of a table that is published, and has no primary key or other "
               "identity, fail.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "give it a primary key, or another replica identity before the key goes",
     .example = {.setup = {kCustomer, "CREATE PUBLICATION outside FOR TABLE customer;\n"},
                 .bad = "ALTER TABLE customer DROP CONSTRAINT customer_pkey;\n"
                        "UPDATE customer SET note = '' WHERE id = 1;\n",
                 .fails = "55000",
                 .good = R"sql(ALTER TABLE customer ALTER COLUMN id SET NOT NULL;
CREATE UNIQUE INDEX CONCURRENTLY customer_id ON customer (id);
ALTER TABLE customer REPLICA IDENTITY USING INDEX customer_id;
ALTER TABLE customer DROP CONSTRAINT customer_pkey;
UPDATE customer SET note = '' WHERE id = 1;
)sql"}},
    {.code = "PF110",
     .severity = Severity::note,
     .title = "replicates whole rows to find one",
     .effect = "With REPLICA IDENTITY FULL each change carries the whole old row, and a subscriber "
               "looks for it by all columns.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "name a unique index as the identity",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer REPLICA IDENTITY FULL;\n",
                 .good = "ALTER TABLE customer REPLICA IDENTITY USING INDEX customer_pkey;\n"}},
    {.code = "PF111",
     .severity = Severity::warning,
     .title = "uses a name of more than 63 bytes",
     .effect = "The server cuts it with a NOTICE: two long names may become one, and nobody finds "
               "the object by the name that the file has.",
     .lock = "",
     .way_out = "choose a shorter one",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE INDEX CONCURRENTLY customer_by_electronic_mail_address_and_what_"
                        "we_noted_down_of_it\n    ON customer (email, note);\n",
                 .good = "CREATE INDEX CONCURRENTLY customer_by_mail ON customer (email, note);"
                         "\n"}},
    {.code = "PF113",
     .severity = Severity::warning,
     .title = "compares columns of different types in a foreign key",
     .effect = "Each lookup casts, some values of the wider side have no counterpart, and the "
               "planner cannot use the index of the other side in every case.",
     .lock = "SHARE ROW EXCLUSIVE on both tables",
     .way_out = "give both columns one type",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE TABLE visit (id bigint PRIMARY KEY,\n"
                        "    customer_id integer REFERENCES customer);\n",
                 .good = "CREATE TABLE visit (id bigint PRIMARY KEY,\n"
                         "    customer_id bigint REFERENCES customer);\n"}},
    {.code = "PF114",
     .severity = Severity::warning,
     .title = "stamps all old rows with one value of the moment",
     .effect = "Values of the moment, now() or current_user, are computed once: each row there is "
               "gets the time, or the "
               "user, of the migration, as if it were its own.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "add the column without a default, then set the default",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ADD COLUMN since timestamptz DEFAULT now();\n",
                 .good = "ALTER TABLE customer ADD COLUMN since timestamptz;\n"
                         "ALTER TABLE customer ALTER COLUMN since SET DEFAULT now();\n"}},
    {.code = "PF115",
     .severity = Severity::note,
     .title = "asks for the user once for each row",
     .effect = "A policy that calls a function in its plain form calls it for each row; several "
               "permissive policies are all evaluated.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "write (SELECT f()), and one policy for each command",
     .example = {.setup = {kCustomer},
                 .bad = "CREATE POLICY own ON customer\n"
                        "    USING (email = current_setting('shop.user'));\n",
                 .good = "CREATE POLICY own ON customer\n"
                         "    USING (email = (SELECT current_setting('shop.user')));\n"}},
};

}  // namespace

constinit const std::span<const Hazard> security = kSecurity;
constinit const std::span<const Hazard> performance = kPerformance;

}  // namespace schemac::catalogue
