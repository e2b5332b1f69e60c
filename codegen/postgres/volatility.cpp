#include "codegen/postgres/volatility.h"

#include <algorithm>

#include "compiler/ir/describe.h"
#include "compiler/kinds/function.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac::postgres {
namespace {

// Built-in functions that defaults use and that are stable or immutable on every supported server.
constexpr std::string_view kSteady[] = {
    "abs",
    "age",
    "array_append",
    "array_cat",
    "array_fill",
    "array_length",
    "ceil",
    "chr",
    "concat",
    "concat_ws",
    "current_catalog",
    "current_database",
    "current_date",
    "current_role",
    "current_schema",
    "current_setting",
    "current_time",
    "current_timestamp",
    "current_user",
    "date",
    "date_part",
    "date_trunc",
    "decode",
    "div",
    "encode",
    "extract",
    "floor",
    "format",
    "initcap",
    "json_build_array",
    "json_build_object",
    "jsonb_build_array",
    "jsonb_build_object",
    "left",
    "length",
    "localtime",
    "localtimestamp",
    "lower",
    "lpad",
    "ltrim",
    "make_date",
    "make_interval",
    "make_time",
    "make_timestamp",
    "make_timestamptz",
    "md5",
    "mod",
    "now",
    "power",
    "replace",
    "right",
    "round",
    "rpad",
    "rtrim",
    "session_user",
    "sha256",
    "split_part",
    "statement_timestamp",
    "string_to_array",
    "substr",
    "substring",
    "timezone",
    "to_char",
    "to_date",
    "to_json",
    "to_jsonb",
    "to_number",
    "to_timestamp",
    "to_tsvector",
    "transaction_timestamp",
    "trim",
    "trunc",
    "upper",
};
static_assert(std::is_sorted(std::begin(kSteady), std::end(kSteady)));

// The function of that name among what `object` depends on.
const Object* find_function(const QName& name, const Object& object, const Context& plan) {
  for (const Edge& edge : object.depends) {
    if (&edge.target.kind() != &function_kind || edge.target.name() != name.name.text) continue;
    if (!name.schema.empty() && edge.target.path()[0] != name.schema.text) continue;
    return plan.after(edge.target);
  }
  return nullptr;
}

}  // namespace

bool is_steady(std::string_view built_in) {
  return std::binary_search(std::begin(kSteady), std::end(kSteady), built_in);
}

bool is_volatile(const SqlText& text, const Object& object, const Context& plan) {
  for (const QName& name : names_in(text.written, TextForm::expression).functions) {
    if (const Object* function = find_function(name, object, plan)) {
      if (typed<Function>(*function).volatility == "volatile") return true;
      continue;
    }
    const bool built_in = name.schema.empty() || name.schema.text == "pg_catalog";
    if (!built_in || !is_steady(name.name.text)) return true;
  }
  return false;
}

}  // namespace schemac::postgres
