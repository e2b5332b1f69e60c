#pragma once
// What declarations say of the way to them and that leads nowhere: it was done long ago, or names
// nothing that there was.

#include <map>
#include <string>
#include <vector>

#include "cli/planning.h"

namespace schemac {

struct IdleIntent {
  std::string text;             // `was name`, `backfill`, `retain column name`
  ObjectId object;              // one of those that it speaks of
  bool done = true;             // else it names nothing
  bool keeps = false;           // whether it asks to keep something
  std::string meant;            // what it may have meant then; "" where nothing is near
  SourceSpan at;                // of the intent, or of the declaration where that is not found
  std::vector<SourceSpan> cut;  // what to take out of the file to be rid of it
};

// Each place once, by file and place; not where it leads somewhere for any of the objects that are
// declared there.
std::vector<IdleIntent> find_idle_intents(const Planned& planned);
void report_idle_intents(const Planned& planned, Sink& sink);

// The texts of the files without what is done, by path.
std::map<std::string, std::string> pruned_files(const Planned& planned);

// The objects that say anything of the way to them.
std::vector<const Object*> objects_with_intents(const Catalog& catalog);

}  // namespace schemac
