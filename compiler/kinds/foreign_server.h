#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

struct ForeignServer {
  std::optional<std::string> type;
  std::optional<std::string> version;
  Ident wrapper;
  std::vector<Setting> options;
  bool operator==(const ForeignServer&) const = default;
};
template <>
struct Describe<ForeignServer> {
  static constexpr std::tuple fields{
      field("type", &ForeignServer::type, "Type, which its wrapper may want to know."),
      field("version", &ForeignServer::version, "Version, likewise."),
      field("wrapper", &ForeignServer::wrapper, "Foreign data wrapper that leads to it.")
          .as("foreign data wrapper")
          .refers("foreign_data_wrapper")
          .required(),
      field("options", &ForeignServer::options, "Options; none that is a secret.")
          .shaped(Shape::setting)
          .no_secrets(),
  };
};
inline constexpr KindInfo foreign_server_kind = describe<ForeignServer>({
    .name = "foreign_server",
    .noun = "server",
    .plural = "servers",
    .doc = "Where foreign tables are.",
    .keyword = "server",
    .scope = Scope::database,
    .privileges = kUsage,
    .owned = true,
    .complete = true,
    .rank = 151,
});

}  // namespace schemac
