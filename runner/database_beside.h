#pragma once
// Databases as wholes: what is true of one as such, and putting another one in its place.

#include <memory>
#include <string>

#include "introspect/database.h"

namespace schemac {

// What a database is made with, once and for all.
struct DatabaseTraits {
  std::string name;
  std::string encoding, collate, ctype;
  std::string provider;       // `libc`, `icu` or `builtin`; "" before PostgreSQL 15
  std::string locale, rules;  // of the provider; "" where it has none
};

DatabaseTraits traits_of(const std::string& url);

// A new database beside the one at a URL, that takes its name once it is whole. Until then, and
// where that fails, nothing happens to the one that is there, and the new one goes with this
// object; one that a killed run left goes when the next one is made.
class DatabaseBeside {
 public:
  // Looks at what is there, and at the rights to replace it. Throws DatabaseError where they are
  // missing.
  explicit DatabaseBeside(const std::string& url);
  ~DatabaseBeside();
  DatabaseBeside(const DatabaseBeside&) = delete;
  DatabaseBeside& operator=(const DatabaseBeside&) = delete;

  const std::string& name() const;  // of the database that is replaced
  bool exists() const;
  // Whether anything was ever made in it.
  bool is_filled() const;
  int server_version() const;  // major

  // Makes the new one, empty: as the one that is there, or else by `traits`. Returns its URL.
  std::string make(const DatabaseTraits& traits);
  // Ends all sessions of the old one and swaps the names, both in one transaction. Owner, rights,
  // settings and comment of the database are those of the old one. Returns the name under which
  // that is kept; "" where there was nothing in it.
  std::string take_place();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace schemac
