#pragma once
// schemac.sum: a line a revision, each hash over the revision and the line before, so that an edit
// after the fact shows, and two branches that both added a revision conflict in version control.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "runner/digest.h"

namespace schemac {

inline constexpr std::string_view kSumFile = "schemac.sum";

struct SumLine {
  std::string id;
  std::string hash;
  SourceSpan at;
};

// The lines of `file`. What is wrong with it is reported.
std::vector<SumLine> parse_sum(const std::shared_ptr<const SourceFile>& file, Sink& sink);

// The two texts that a merge in version control could not join; std::nullopt where there is no
// mark of one.
std::optional<std::pair<std::string, std::string>> sides_of_conflict(std::string_view text);

// The text of a sum with these lines.
std::string sum_text(const std::vector<SumLine>& lines);

// The hash of a revision whose former line has the hash `before` ("" for the first), from the
// digests of its files. The SQL files count by their tokens (script_digest), so that comments can
// be added, revision.json by its bytes but for the time of its proof.
std::string chained_hash(std::string_view before, std::string_view id, std::string_view up_sql,
                         std::string_view down_sql, std::string_view json);

// Digests of a revision.json that comes piece by piece, the first with all that stands before the
// delta.
class JsonDigest {
 public:
  void add(std::string_view piece);
  struct Digests {
    std::string timeless;  // for schemac.sum
    std::string file;      // of all its bytes
  };
  Digests end();

 private:
  bool any_ = false;
  Sha256 timeless_;
  std::optional<Sha256> file_;  // where there is a time
};

}  // namespace schemac
