#pragma once
#include <pqxx/pqxx>
#include <string>

namespace schemac {

// Keeps the triggers of a schema from acting on rows that come and go for a proof alone: they may
// make tables, write elsewhere or refuse. Those that hold foreign keys go on.
class SilentTriggers {
 public:
  explicit SilentTriggers(pqxx::work& work);
  // Each is again what it was. To be called before the end of the transaction.
  void restore();

 private:
  void run(const std::string& statements);

  pqxx::work& work_;
  std::string restoring_;
};

}  // namespace schemac
