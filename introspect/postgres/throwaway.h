#pragma once
// Throwaway databases: where declared schemas are built to learn how a server writes them.

#include <memory>
#include <string>

#include "compiler/ir/catalog.h"
#include "introspect/database.h"

namespace schemac::postgres {

// There is no server here that could be started.
struct NoServer : DatabaseError {
  using DatabaseError::DatabaseError;
};

// Where throwaway databases come from: `auto` (a private cluster of local binaries, on a Unix
// socket in a temporary folder, gone with this object), a server's URL, or `none`.
class Throwaway {
 public:
  // A private server is of the major version `version` where one is installed, else of the next
  // newer one, else of the newest; 0 asks for the newest.
  // Throws NoServer where `auto` finds no binaries, with what to install, and DatabaseError where a
  // server fails.
  static std::unique_ptr<Throwaway> open(const std::string& shadow, int version = 0);
  virtual ~Throwaway() = default;

  // A new, empty database; dropped with this object at the latest. Returns its URL.
  virtual std::string create_database() = 0;
  // Gone at the next call or with this object.
  virtual void drop_database(const std::string& url) = 0;
  virtual int server_version() const = 0;  // major
  // Makes what a schema names and no database holds, where the server is our own: roles and
  // tablespaces. On another's server they are its owner's affair.
  virtual void provide_for(const Catalog&) {}
};

// Makes the roles that a schema names on the server at `url`, as far as it lacks them. They outlive
// every database there.
void make_roles(const Catalog& declared, const std::string& url);

// Builds `declared` from nothing in a throwaway database, reads it back and returns what the server
// made of it: names and texts in its own form, with what was written, the places of declarations
// and the intents of `declared`. Throws DatabaseError naming the object whose statement failed.
Catalog canonical_catalog(const Catalog& declared, Throwaway& throwaway);

// Builds a catalog from nothing in the empty database at `url`. Throws DatabaseError with the
// statement and the model's line.
void build_catalog(const Catalog& catalog, const std::string& url);

}  // namespace schemac::postgres
