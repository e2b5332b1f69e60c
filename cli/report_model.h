#pragma once
// What a reviewer wants to know of revisions, from their files alone.

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "cli/policy.h"
#include "cli/rename_chain.h"
#include "cli/revisions.h"
#include "compiler/safety/catalogue.h"

namespace schemac {

struct ReportHazard {
  const Hazard* hazard = nullptr;
  std::string accepted;  // the reason that somebody gave; "" where nobody did
};

struct ReportReason {
  std::string text;   // `column shop.customer.tier: added`
  std::string place;  // `schema/customer.schema:5`, or ""
};

struct ReportStatement {
  std::size_t number = 0;  // among the statements of its file, from 1
  int line = 0;
  std::string sql;
  std::size_t transaction = 0;  // its number in the file, from 1; 0: outside of any
  bool known = false;           // whether revision.json has the facts below
  ObjectId subject;             // empty where it is not known
  ObjectId whole;               // what the subject is a part of, or itself
  std::vector<Touch> touches;   // of relations that were there before
  bool on_new_only = false;  // whether it touches relations that the same file makes, and no other
  Loss loss = Loss::nothing;
  std::vector<ReportReason> reasons;
  std::vector<ReportHazard> hazards;
};

// An acknowledgement that stands in a file.
struct ReportAcknowledgement {
  std::string codes;
  std::string reason;
  int line = 0;
  bool used = false;  // whether it accepts a hazard that is there
};

struct ReportFile {
  std::string path;
  std::vector<ReportStatement> statements;
  std::vector<ReportAcknowledgement> acknowledgements;
  std::vector<ObjectId> lost;
  std::size_t missing = 0;  // statements that revision.json knows and the file no longer has
};

struct ReportRevision {
  const Revision* revision = nullptr;
  std::string summary;  // what it does, in a sentence
  ReportFile up, down;
  std::string proof;  // one line
  bool proven = false;
  std::vector<std::string> proof_limits;
};

using ObjectIds = std::unordered_set<ObjectId, ObjectIdHash>;

struct Report {
  std::string from, to;  // ids; `from` is "" for what is before the first revision
  std::vector<ReportRevision> revisions;
  Catalog before, after;
  ObjectIds changed;            // what the revisions say they change, by ids before and after
  std::vector<Rename> renames;  // from ids of `before` to ids of `after`
};

// The revisions that lead from `from` to `to`, which continues it. `policy` accepts hazards.
Report make_report(const History& history, const std::string& from, const std::string& to,
                   const HazardPolicy& policy);

// What an object is a part of: the object that stands alone above it, in the first catalog that has
// it; itself where none has.
ObjectId whole_of(const ObjectId& id, const Catalog& one, const Catalog& other);

}  // namespace schemac
