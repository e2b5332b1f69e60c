// diff FROM TO: the plan between two sources, printed.

#include "cli/commands.h"
#include "cli/new_revision.h"
#include "cli/planning.h"
#include "cli/rename_questions.h"
#include "cli/source.h"
#include "codegen/postgres/postgres.h"
#include "codegen/render.h"

namespace schemac {

Outcome run_diff(const Session& session, const DiffOptions& options) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  Source from = load_source(options.from, session.settings, session.sink);
  Source to = load_source(options.to, session.settings, session.sink);
  if (session.sink.has_errors()) return outcome;
  report_unmanaged(from.unmanaged, session.sink);
  report_unmanaged(to.unmanaged, session.sink);
  const std::string from_name = from.name, to_name = to.name;

  Shadow shadow(session.settings.shadow, session.output);
  const Planned planned = plan_between(std::move(from), std::move(to), session.settings, shadow,
                                       {new_revision_time({}), {}});
  report_doubts(planned, session.sink);
  report_rename_questions(find_rename_questions(planned), Severity::warning, session.sink);
  const Plan& plan = options.down ? planned.down : planned.up;
  const bool same = planned.up.empty();
  outcome.exit_code = same || !options.exit_code ? kExitDone : kExitFindings;
  outcome.result = plan_to_json(plan, postgres::dialect());
  outcome.result["from"] = from_name;
  outcome.result["to"] = to_name;
  outcome.result["direction"] = options.down ? "down" : "up";
  outcome.result["same"] = same;
  outcome.text = same ? "no difference\n" : render_plan(plan, postgres::dialect());
  return outcome;
}

}  // namespace schemac
