#include "tests/introspect/fixture.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <pqxx/pqxx>

#include "compiler/ir/json.h"
#include "introspect/postgres/read.h"

namespace schemac::test {
namespace {

// An SQL text as its canonical form alone.
void simplify(nlohmann::ordered_json& json) {
  if (json.is_object() && json.contains("written") && json.contains("canonical")) {
    json = json["canonical"];
    return;
  }
  if (json.is_structured())
    for (auto& part : json) simplify(part);
}

}  // namespace

postgres::Throwaway& server() {
  static const auto throwaway = postgres::Throwaway::open("auto");
  return *throwaway;
}

void execute(const std::string& url, const std::string& sql) {
  pqxx::connection connection(url);
  const pqxx::quiet_errorhandler quiet(connection);
  pqxx::nontransaction(connection).exec(sql);
}

std::string query(const std::string& url, const std::string& sql) {
  pqxx::connection connection(url);
  const pqxx::result rows = pqxx::nontransaction(connection).exec(sql);
  return rows.empty() ? "" : rows[0][0].c_str();
}

ReadResult read_after(const std::string& sql) {
  const std::string url = server().create_database();
  execute(url, sql);
  ReadResult result = postgres::read_database(url, {"ledger"});
  server().drop_database(url);
  return result;
}

const Object& get(const Catalog& catalog, std::string_view kind,
                  const std::vector<std::string_view>& path) {
  const ObjectId id(*find_kind(kind), path);
  const Object* object = catalog.find(id);
  INFO(to_string(id));
  REQUIRE(object != nullptr);
  return *object;
}

std::string fields(const Catalog& catalog, std::string_view kind,
                   const std::vector<std::string_view>& path) {
  nlohmann::ordered_json json = to_json(get(catalog, kind, path));
  if (!json.contains("fields")) return "{}";
  simplify(json["fields"]);
  return json["fields"].dump();
}

std::string edges(const Catalog& catalog, std::string_view kind,
                  const std::vector<std::string_view>& path) {
  std::string out;
  for (const Edge& edge : get(catalog, kind, path).depends)
    out += (out.empty() ? "" : " | ") + to_string(edge.target);
  return out;
}

std::string describe(const std::vector<Unmanaged>& unmanaged) {
  std::string out;
  for (const Unmanaged& list : unmanaged) {
    out += list.plural + ":";
    for (const std::string& name : list.names)
      out += (&name == &list.names.front() ? " " : ", ") + name;
    out += "\n";
  }
  return out;
}

}  // namespace schemac::test
