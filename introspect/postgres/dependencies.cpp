#include "introspect/postgres/dependencies.h"

#include <cstdlib>

namespace schemac::postgres {

void Dependencies::add(const pqxx::result& rows) {
  for (pqxx::result::size_type i = 0; i < rows.size(); ++i) {
    const pqxx::row row = rows[i];
    const auto oid = [&](pqxx::row::size_type column) {
      return static_cast<Oid>(std::strtoul(row[column].c_str(), nullptr, 10));
    };
    const Dependency dependency{{oid(0), oid(1), static_cast<std::int32_t>(oid(2))},
                                {oid(3), oid(4), static_cast<std::int32_t>(oid(5))}};
    switch (row[6].c_str()[0]) {
      case 'e':
        extensions_.emplace(dependency.dependent, dependency.target);
        continue;
      case 'x':
        with_extensions_.push_back(dependency.dependent);
        continue;
      case 'i':
        owners_.emplace(dependency.dependent, dependency.target);
        break;
      default:
        break;
    }
    all_.push_back(dependency);
  }
}

Address Dependencies::extension_of(const Address& address) const {
  const auto at = extensions_.find(address.whole());
  return at == extensions_.end() ? Address() : at->second;
}

Address Dependencies::owner_of(const Address& address) const {
  const auto at = owners_.find(address.whole());
  return at == owners_.end() ? Address() : at->second;
}

}  // namespace schemac::postgres
