#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kAlignments[] = {"char", "int2", "int4", "double"};
inline constexpr std::string_view kTypeStorages[] = {"plain", "external", "extended", "main"};

// A type whose values only its functions understand.
struct BaseType {
  QName input;
  QName output;
  std::optional<QName> receive;
  std::optional<QName> send;
  std::optional<QName> typmod_in;
  std::optional<QName> typmod_out;
  std::optional<QName> analyze;
  std::optional<QName> subscript;
  std::optional<std::int64_t> internallength;
  bool passedbyvalue = false;
  std::string alignment = "int4";
  std::string storage = "plain";
  std::string category = "U";
  bool preferred = false;
  std::optional<std::string> initial;
  std::optional<TypeRef> element;
  std::string delimiter = ",";
  bool collatable = false;
  bool operator==(const BaseType&) const = default;
};
template <>
struct Describe<BaseType> {
  static constexpr std::tuple fields{
      field("input", &BaseType::input, "Function that reads a value from text.")
          .refers(Refers::function)
          .required(),
      field("output", &BaseType::output, "Function that writes a value as text.")
          .refers(Refers::function)
          .required(),
      field("receive", &BaseType::receive, "Function that reads a value from its binary form.")
          .refers(Refers::function),
      field("send", &BaseType::send, "Function that writes that.").refers(Refers::function),
      field("typmod_in", &BaseType::typmod_in, "Function that reads modifiers.")
          .refers(Refers::function),
      field("typmod_out", &BaseType::typmod_out, "Function that writes them.")
          .refers(Refers::function),
      field("analyze", &BaseType::analyze, "Function that gathers statistics for ANALYZE.")
          .refers(Refers::function),
      field("subscript", &BaseType::subscript,
            "Function that says what `value[…]` means, if not what it does for the elements.")
          .refers(Refers::function)
          .since(14),
      field("internallength", &BaseType::internallength, "Bytes of a value, if always as many."),
      field("passedbyvalue", &BaseType::passedbyvalue,
            "Whether values are handed over themselves, not where they are."),
      field("alignment", &BaseType::alignment, "Places at which a value can lie.")
          .words(kAlignments)
          .absent("int4"),
      field("storage", &BaseType::storage, "How long values are kept.")
          .words(kTypeStorages)
          .absent("plain"),
      field("category", &BaseType::category, "Letter of the types among which it is chosen.")
          .absent("U"),
      field("preferred", &BaseType::preferred, "Whether it is preferred among those."),
      field("default", &BaseType::initial, "Value of columns that have no default of their own."),
      field("element", &BaseType::element, "Type of what `value[…]` gives.")
          .refers(Refers::type)
          .unmodified(),
      field("delimiter", &BaseType::delimiter, "What stands between values of an array.")
          .absent(","),
      field("collatable", &BaseType::collatable, "Whether collations apply to it."),
  };
};
inline constexpr KindInfo base_type_kind = describe<BaseType>({
    .name = "base_type",
    .noun = "base type",
    .plural = "base types",
    .doc = "A type of values that only its own functions understand, mostly ones in C.",
    .keyword = "base type",
    .scope = Scope::schema,
    .spaces = {.type = true},
    .privileges = kUsage,
    .public_privileges = kUsage,
    .granted_as = "types",
    .owned = true,
    .rank = 36,
});

}  // namespace schemac
