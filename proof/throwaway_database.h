#pragma once
#include <string>

#include "introspect/postgres/throwaway.h"

namespace schemac {

// A database that goes with the object.
class ThrowawayDatabase {
 public:
  explicit ThrowawayDatabase(postgres::Throwaway& throwaway)
      : ThrowawayDatabase(throwaway, throwaway.create_database()) {}
  ThrowawayDatabase(postgres::Throwaway& throwaway, std::string url)
      : throwaway_(throwaway), url_(std::move(url)) {}
  ~ThrowawayDatabase() {
    try {
      throwaway_.drop_database(url_);
    } catch (const DatabaseError&) {
      // The throwaway's end drops what is left.
    }
  }
  ThrowawayDatabase(const ThrowawayDatabase&) = delete;
  ThrowawayDatabase& operator=(const ThrowawayDatabase&) = delete;
  const std::string& url() const { return url_; }

 private:
  postgres::Throwaway& throwaway_;
  std::string url_;
};

}  // namespace schemac
