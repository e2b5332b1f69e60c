#pragma once
// The catalogue of hazards: what a reviewer of a migration must look at, each under a code that
// stays. Whoever finds hazards, in a plan or in SQL files, names them by code; what there is to say
// of them stands here once.

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace schemac {

// SQL that shows a hazard. `setup` is what earlier migrations have made; its pieces follow each
// other. Each statement runs by itself, as psql runs a file, unless the text says BEGIN.
struct HazardExample {
  std::array<std::string_view, 3> setup = {};
  std::string_view bad;
  std::string_view fails =
      {};  // SQLSTATE of the statement of `bad` that fails; "": all of them run
  std::string_view good;
};

struct Hazard {
  std::string_view code;           // `DS103`
  Severity severity;               // error: stops `check` until acknowledged
  std::string_view title;          // `drops a column and its values`: what the statement does
  std::string_view effect;         // what happens then, in sentences
  std::string_view lock;           // in PostgreSQL's words, or ""
  std::string_view way_out;        // a phrase
  std::string_view versions = {};  // where it is not the same in all of them
  int since = 0;                   // major version that first has it; 0: all supported ones
  HazardExample example;
};

struct HazardFamily {
  std::string_view prefix;  // `DS`
  std::string_view name;    // `Destructive`
  std::string_view doc;
  std::span<const Hazard> hazards;  // by code
};

// All of them, the worst first.
std::span<const HazardFamily> hazard_families();

// The hazard that `code` names, or nullptr.
const Hazard* hazard_of(std::string_view code);

// The codes nearest to a word that is none: of its family where it names one, and all that have
// the number where it is one.
std::vector<std::string_view> nearest_codes(std::string_view word);

namespace catalogue {

// What most examples stand on.
inline constexpr std::string_view kCustomer =
    R"sql(CREATE TABLE customer (id bigint PRIMARY KEY, email text, note varchar(40));
INSERT INTO customer VALUES (1, 'ada@example.org', 'first'), (2, 'bob@example.org', 'second');
)sql";
inline constexpr std::string_view kPurchase =
    R"sql(CREATE TABLE purchase (
    id bigint PRIMARY KEY,
    customer_id bigint REFERENCES customer,
    total integer,
    placed_at timestamp
);
INSERT INTO purchase VALUES (1, 1, 40, '2024-05-01 12:00'), (2, 2, 25, '2024-05-02 09:30');
)sql";

extern const std::span<const Hazard> destructive, locking, rewrite, scan, data, compatibility,
    irreversible, transaction, security, performance;

}  // namespace catalogue
}  // namespace schemac
