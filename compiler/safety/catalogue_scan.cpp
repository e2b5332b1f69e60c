#include "compiler/safety/catalogue.h"

namespace schemac::catalogue {
namespace {

constexpr std::string_view kLog =
    R"sql(CREATE TABLE log (id bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE log_2024 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO log VALUES (1, '2024-05-01');
)sql";
constexpr std::string_view kLog2025 =
    R"sql(CREATE TABLE log_2025 (id bigint, day date NOT NULL);
INSERT INTO log_2025 VALUES (1, '2025-05-01');
)sql";

constexpr Hazard kHazards[] = {
    {.code = "SC101",
     .severity = Severity::error,
     .title = "reads the whole table for NULLs while nobody can use it",
     .effect = "SET NOT NULL looks at each row, unless a valid CHECK (c IS NOT NULL) proves it "
               "already; one that is NOT VALID, or says something else, proves nothing.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "validate a check that the column is not null first",
     .versions = "since 12 a valid check saves the reading; 18 has NOT NULL … NOT VALID",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ALTER COLUMN email SET NOT NULL;\n",
                 .good = R"sql(ALTER TABLE customer ADD CONSTRAINT customer_email
    CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE customer VALIDATE CONSTRAINT customer_email;
ALTER TABLE customer ALTER COLUMN email SET NOT NULL;
ALTER TABLE customer DROP CONSTRAINT customer_email;
)sql"}},
    {.code = "SC102",
     .severity = Severity::error,
     .title = "reads the whole table for rows that fail a check while nobody can use it",
     .effect = "The check is tried on each row before anybody can use the table again.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "add it `not valid`, validate it in another transaction",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ADD CONSTRAINT customer_email\n"
                        "    CHECK (email LIKE '%@%');\n",
                 .good = "ALTER TABLE customer ADD CONSTRAINT customer_email\n"
                         "    CHECK (email LIKE '%@%') NOT VALID;\n"
                         "ALTER TABLE customer VALIDATE CONSTRAINT customer_email;\n"}},
    {.code = "SC103",
     .severity = Severity::error,
     .title = "adds a column with a check, which reads the whole table",
     .effect = "The check is tried on each row, although the column is NULL or the default in all "
               "of them.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "add the column alone, then the check `not valid`, and validate it later",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ADD COLUMN phone text\n"
                        "    CONSTRAINT customer_phone CHECK (phone LIKE '+%');\n",
                 .good = "ALTER TABLE customer ADD COLUMN phone text;\n"
                         "ALTER TABLE customer ADD CONSTRAINT customer_phone\n"
                         "    CHECK (phone LIKE '+%') NOT VALID;\n"
                         "ALTER TABLE customer VALIDATE CONSTRAINT customer_phone;\n"}},
    {.code = "SC104",
     .severity = Severity::error,
     .title = "reads both tables for orphans while writers wait",
     .effect = "Each row is looked up on the other side before either table takes writes again.",
     .lock = "SHARE ROW EXCLUSIVE on both tables",
     .way_out = "add it `not valid`, validate it in another transaction",
     .example = {.setup = {kCustomer,
                           "CREATE TABLE visit (id bigint PRIMARY KEY,\n"
                           "    customer_id bigint);\n"
                           "INSERT INTO visit VALUES (1, 1);\n"},
                 .bad = "ALTER TABLE visit ADD CONSTRAINT visit_customer\n"
                        "    FOREIGN KEY (customer_id) REFERENCES customer;\n",
                 .good = "CREATE INDEX CONCURRENTLY visit_customer ON visit (customer_id);\n"
                         "ALTER TABLE visit ADD CONSTRAINT visit_customer\n"
                         "    FOREIGN KEY (customer_id) REFERENCES customer NOT VALID;\n"
                         "ALTER TABLE visit VALIDATE CONSTRAINT visit_customer;\n"}},
    {.code = "SC105",
     .severity = Severity::error,
     .title = "adds a column that refers to another table, with a default, which reads both",
     .effect = "With a default, each row refers to something at once, and is looked up. Without "
               "one the new column is NULL and nothing is read.",
     .lock = "ACCESS EXCLUSIVE on the table, SHARE ROW EXCLUSIVE on the other one",
     .way_out = "add the column first, then the foreign key `not valid`, and validate it later",
     .example = {.setup = {kCustomer,
                           "CREATE TABLE visit (id bigint PRIMARY KEY);\n"
                           "INSERT INTO visit VALUES (1);\n"},
                 .bad = "ALTER TABLE visit\n"
                        "    ADD COLUMN customer_id bigint DEFAULT 1 REFERENCES customer;\n",
                 .good = "ALTER TABLE visit ADD COLUMN customer_id bigint DEFAULT 1;\n"
                         "ALTER TABLE visit ADD CONSTRAINT visit_customer\n"
                         "    FOREIGN KEY (customer_id) REFERENCES customer NOT VALID;\n"
                         "ALTER TABLE visit VALIDATE CONSTRAINT visit_customer;\n"}},
    {.code = "SC106",
     .severity = Severity::error,
     .title = "builds a unique index while nobody can use the table",
     .effect = "A primary key or UNIQUE builds its index under the strongest lock: readers wait "
               "too, unlike with CREATE INDEX.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "build the unique index concurrently, then add the constraint with it",
     .example = {.setup = {kCustomer},
                 .bad = "ALTER TABLE customer ADD CONSTRAINT customer_email UNIQUE (email);\n",
                 .good = "CREATE UNIQUE INDEX CONCURRENTLY customer_email ON customer (email);\n"
                         "ALTER TABLE customer ADD CONSTRAINT customer_email\n"
                         "    UNIQUE USING INDEX customer_email;\n"}},
    {.code = "SC107",
     .severity = Severity::error,
     .title = "makes a primary key of an index over a column that allows NULL",
     .effect = "The index is there, but the column must become NOT NULL: the table is read for "
               "NULLs.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "make the column NOT NULL first, by way of a validated check",
     .versions = "since 12 a valid check saves the reading",
     .example = {.setup = {"CREATE TABLE visit (id bigint);\nINSERT INTO visit VALUES (1);\n"
                           "CREATE UNIQUE INDEX visit_pkey ON visit (id);\n"},
                 .bad = "ALTER TABLE visit ADD CONSTRAINT visit_pkey\n"
                        "    PRIMARY KEY USING INDEX visit_pkey;\n",
                 .good = R"sql(ALTER TABLE visit ADD CONSTRAINT visit_id
    CHECK (id IS NOT NULL) NOT VALID;
ALTER TABLE visit VALIDATE CONSTRAINT visit_id;
ALTER TABLE visit ALTER COLUMN id SET NOT NULL;
ALTER TABLE visit ADD CONSTRAINT visit_pkey PRIMARY KEY USING INDEX visit_pkey;
)sql"}},
    {.code = "SC108",
     .severity = Severity::error,
     .title = "changes a type and checks or indexes again while nobody can use the table",
     .effect = "The rows stay as they are, but each CHECK that names the column is tried again, "
               "and indexes with an expression or condition, or of another collation, are built "
               "again.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "drop them first and make them again concurrently, or NOT VALID, afterwards",
     .example = {.setup = {kCustomer,
                           "ALTER TABLE customer ADD CONSTRAINT customer_note\n"
                           "    CHECK (note <> '');\n"},
                 .bad = "ALTER TABLE customer ALTER COLUMN note TYPE varchar(80);\n",
                 .good = R"sql(ALTER TABLE customer DROP CONSTRAINT customer_note,
    ALTER COLUMN note TYPE varchar(80);
ALTER TABLE customer ADD CONSTRAINT customer_note CHECK (note <> '') NOT VALID;
ALTER TABLE customer VALIDATE CONSTRAINT customer_note;
)sql"}},
    {.code = "SC109",
     .severity = Severity::error,
     .title = "attaches a partition and reads all of it",
     .effect = "Without a valid CHECK that implies the bounds, each row of the new partition is "
               "looked at.",
     .lock = "ACCESS EXCLUSIVE on the partition, SHARE UPDATE EXCLUSIVE on the parent",
     .way_out = "add a check of the bounds NOT VALID, validate it, attach, drop the check",
     .versions = "ACCESS EXCLUSIVE on the parent before 12",
     .example = {.setup = {kLog, kLog2025},
                 .bad = "ALTER TABLE log ATTACH PARTITION log_2025\n"
                        "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');\n",
                 .good = R"sql(ALTER TABLE log_2025 ADD CONSTRAINT bounds
    CHECK (day IS NOT NULL AND day >= '2025-01-01' AND day < '2026-01-01') NOT VALID;
ALTER TABLE log_2025 VALIDATE CONSTRAINT bounds;
ALTER TABLE log ATTACH PARTITION log_2025
    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE log_2025 DROP CONSTRAINT bounds;
)sql"}},
    {.code = "SC110",
     .severity = Severity::error,
     .title = "reads the default partition for rows that belong to the new one",
     .effect = "A default partition may hold rows of the new bounds: all of it is read, and nobody "
               "can use it meanwhile.",
     .lock = "ACCESS EXCLUSIVE on the default partition",
     .way_out = "give the default partition a validated check that rules the bounds out first",
     .example = {.setup = {kLog,
                           "CREATE TABLE log_rest PARTITION OF log DEFAULT;\n"
                           "INSERT INTO log VALUES (2, '2020-01-01');\n",
                           kLog2025},
                 .bad = "ALTER TABLE log ATTACH PARTITION log_2025\n"
                        "    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');\n",
                 .good = R"sql(ALTER TABLE log_rest ADD CONSTRAINT not_2025
    CHECK (NOT (day >= '2025-01-01' AND day < '2026-01-01')) NOT VALID;
ALTER TABLE log_rest VALIDATE CONSTRAINT not_2025;
ALTER TABLE log_2025 ADD CONSTRAINT bounds
    CHECK (day >= '2025-01-01' AND day < '2026-01-01') NOT VALID;
ALTER TABLE log_2025 VALIDATE CONSTRAINT bounds;
ALTER TABLE log ATTACH PARTITION log_2025
    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
)sql"}},
    {.code = "SC111",
     .severity = Severity::error,
     .title = "reads every table with a column of the domain while writers wait",
     .effect = "A new condition of a domain is tried on all columns of it. NOT VALID postpones "
               "that alone: VALIDATE takes the same locks.",
     .lock = "SHARE on each table with a column of the domain",
     .way_out = "put the check on the columns instead",
     .example = {.setup = {"CREATE DOMAIN mail AS text;\n"
                           "CREATE TABLE member (id bigint PRIMARY KEY, email mail);\n"
                           "INSERT INTO member VALUES (1, 'ada@example.org');\n"},
                 .bad = "ALTER DOMAIN mail ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%');\n",
                 .good = "ALTER TABLE member ADD CONSTRAINT has_at\n"
                         "    CHECK (email LIKE '%@%') NOT VALID;\n"
                         "ALTER TABLE member VALIDATE CONSTRAINT has_at;\n"}},
    {.code = "SC112",
     .severity = Severity::error,
     .title = "validates a constraint in the transaction that added it",
     .effect = "The lock of ADD … NOT VALID stays until the commit, and so through all of the "
               "reading: nothing is won.",
     .lock = "that of the ADD CONSTRAINT, until the commit",
     .way_out = "commit between the two",
     .example = {.setup = {kCustomer},
                 .bad = "BEGIN;\nALTER TABLE customer ADD CONSTRAINT customer_email\n"
                        "    CHECK (email LIKE '%@%') NOT VALID;\n"
                        "ALTER TABLE customer VALIDATE CONSTRAINT customer_email;\nCOMMIT;\n",
                 .good = "ALTER TABLE customer ADD CONSTRAINT customer_email\n"
                         "    CHECK (email LIKE '%@%') NOT VALID;\n"
                         "ALTER TABLE customer VALIDATE CONSTRAINT customer_email;\n"}},
    {.code = "SC113",
     .severity = Severity::error,
     .title = "drops the check that proves NOT NULL in the statement that needs it",
     .effect = "Within one ALTER TABLE drops come first: the proof is gone when SET NOT NULL looks "
               "for it, and the table is read after all.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "use two statements; they may share a transaction",
     .example = {.setup = {kCustomer,
                           "ALTER TABLE customer ADD CONSTRAINT customer_email\n"
                           "    CHECK (email IS NOT NULL);\n"},
                 .bad = "ALTER TABLE customer ALTER COLUMN email SET NOT NULL,\n"
                        "    DROP CONSTRAINT customer_email;\n",
                 .good = "ALTER TABLE customer ALTER COLUMN email SET NOT NULL;\n"
                         "ALTER TABLE customer DROP CONSTRAINT customer_email;\n"}},
    {.code = "SC114",
     .severity = Severity::error,
     .title = "builds an index on all partitions while writers wait",
     .effect = "All partitions are locked until the last one is indexed. CONCURRENTLY is an error "
               "on a partitioned table.",
     .lock = "SHARE on the parent and each partition",
     .way_out = "make it ON ONLY the parent, build each partition's concurrently, attach them",
     .example = {.setup = {kLog},
                 .bad = "CREATE INDEX log_day ON log (day);\n",
                 .good = "CREATE INDEX log_day ON ONLY log (day);\n"
                         "CREATE INDEX CONCURRENTLY log_2024_day ON log_2024 (day);\n"
                         "ALTER INDEX log_day ATTACH PARTITION log_2024_day;\n"}},
    {.code = "SC115",
     .severity = Severity::error,
     .title = "adds a foreign key to a partitioned table, which reads all partitions",
     .effect = "All partitions are looked up on the other side in one statement.",
     .lock = "SHARE ROW EXCLUSIVE on the parent, each partition and the other table",
     .way_out = "add it to each partition NOT VALID, validate, then to the parent",
     .versions = "NOT VALID on the parent itself since 18",
     .example = {.setup = {kCustomer,
                           "CREATE TABLE visit (customer_id bigint, day date NOT NULL)\n"
                           "    PARTITION BY RANGE (day);\n"
                           "CREATE TABLE visit_2024 PARTITION OF visit\n"
                           "    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\n"
                           "INSERT INTO visit VALUES (1, '2024-05-01');\n"},
                 .bad = "ALTER TABLE visit ADD CONSTRAINT visit_customer\n"
                        "    FOREIGN KEY (customer_id) REFERENCES customer;\n",
                 .good = R"sql(ALTER TABLE visit_2024 ADD CONSTRAINT visit_customer
    FOREIGN KEY (customer_id) REFERENCES customer NOT VALID;
ALTER TABLE visit_2024 VALIDATE CONSTRAINT visit_customer;
)sql"}},
    {.code = "SC116",
     .severity = Severity::error,
     .title = "reads the whole table to enforce a constraint that it has already",
     .effect = "SET NOT NULL over a NOT NULL that is NOT VALID, and ALTER CONSTRAINT … ENFORCED, "
               "read each row under their lock.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "VALIDATE CONSTRAINT, which lets everybody go on",
     .versions = "since 18",
     .since = 18,
     .example = {.setup = {kCustomer,
                           "ALTER TABLE customer ADD CONSTRAINT customer_email\n"
                           "    NOT NULL email NOT VALID;\n"},
                 .bad = "ALTER TABLE customer ALTER COLUMN email SET NOT NULL;\n",
                 .good = "ALTER TABLE customer VALIDATE CONSTRAINT customer_email;\n"}},
    {.code = "SC117",
     .severity = Severity::error,
     .title = "builds an exclusion constraint while nobody can use the table",
     .effect = "Its index is built under the strongest lock, and each row is compared with the "
               "others: far slower than a unique index. There is no NOT VALID and no USING INDEX.",
     .lock = "ACCESS EXCLUSIVE on the table",
     .way_out = "do it in a quiet hour: no way builds one without the lock",
     .example = {.setup = {"CREATE TABLE booking (id bigint PRIMARY KEY, during tsrange);\n"
                           "INSERT INTO booking VALUES (1, '[2024-05-01,2024-05-02)');\n"},
                 .bad = "ALTER TABLE booking ADD CONSTRAINT one_at_a_time\n"
                        "    EXCLUDE USING gist (during WITH &&);\n",
                 .good = "CREATE TABLE booking_2 (LIKE booking,\n"
                         "    CONSTRAINT one_at_a_time EXCLUDE USING gist (during WITH &&));\n"}},
};

}  // namespace

constinit const std::span<const Hazard> scan = kHazards;

}  // namespace schemac::catalogue
