#pragma once
// A plan through a template into files.

#include <map>
#include <string>

#include "compiler/plan/plan.h"
#include "compiler/safety/hazards.h"

namespace schemac {

struct RenderInput {
  std::string revision;  // `20250224120000_add_email_verified_to_users`
  std::string name;      // `add email verified to users`
  std::string parents;   // ids by comma, or ""
  std::string tool;      // `schemac 0.1.0`
  std::string proof;     // what is proven of it, in a line, or ""
  const Plan* up = nullptr;
  const Plan* down = nullptr;
  const Dialect* dialect = nullptr;
};

// The files of one target (`native`: up.sql, down.sql) by name. Templates are data in
// templates/<target>/; they hold layout and no knowledge of SQL. Throws std::runtime_error where a
// template is missing or broken, naming it.
std::map<std::string, std::string> render_files(const RenderInput& input,
                                                const std::string& target);

// The plan alone, as `diff` prints it.
std::string render_plan(const Plan& plan, const Dialect& dialect);

// What the plan does, in a sentence.
std::string plan_summary(const Plan& plan);

// `shop.customer.tier: added (schema/customer.schema:5)`, as it stands above the statement.
std::string reason_text(const Reason& reason);

// What the statement does to each relation: parts that were folded into it touch the same ones.
std::vector<Touch> touches_by_relation(const Step& step);

}  // namespace schemac
