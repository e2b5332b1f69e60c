#pragma once
// A case: one file with two schemas, what the migration between them must look like, and what it
// looked like when a person last agreed to it.
//
//   # One reason why this case exists.
//   --- from
//   table t { a int; }
//   --- to: shop.schema              (a side may hold several files, each with a name)
//   table t { a int; b int?; }
//   --- shape                        (written by hand; `--- shape: down` judges the way back)
//   require create column public.t.b
//   forbid loss
//   --- server: 18: why              (version of PostgreSQL that it is about, from which on it
//   runs)
//   --- live: empty-down: why        (skip | empty | empty-down)
//   --- expect-failure: rows: why    (a known gap; the case fails once it is closed)
//   --- diagnostics                  (these three are rewritten by --update)
//   --- up.sql
//   --- down.sql

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/harness/oracles.h"

namespace schemac::test {

struct Section {
  std::string name;
  std::string argument;
  std::string text;
};

// A case file that cannot be read: the reason, with its line.
struct CaseError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class CaseFile {
 public:
  // Throws CaseError.
  CaseFile(std::string path, std::string_view text);

  const std::string& path() const { return path_; }
  std::string name() const;     // of the file, without its ending
  bool expects_errors() const;  // `fail_…`
  std::vector<NamedText> side(const std::string& name) const;
  // Texts of all sections called `name` with that argument, one after the other.
  std::string text_of(const std::string& name, const std::string& argument = "") const;

  struct Note {
    std::string what, why;
  };
  std::optional<Note> live() const;
  // Major version that the case says it is about; 0 where it says none.
  int server() const;
  std::vector<Note> expected_failures() const;

  // Puts `text` into the golden section `name`; an empty one removes it.
  void set_golden(const std::string& name, const std::string& text);
  std::string print() const;

 private:
  std::vector<Note> notes(const std::string& name) const;

  std::string path_;
  std::string head_;  // what stands above the first section
  std::vector<Section> sections_;
};

}  // namespace schemac::test
