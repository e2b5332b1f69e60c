#pragma once
// A report as templates are told of it.

#include <cstdint>
#include <functional>
#include <string>

#include "cli/report_model.h"
#include "codegen/page.h"

namespace schemac {

// How much of a report is told. The most important statements come first when there is not room for
// all of them.
struct ReportRoom {
  std::size_t statements = SIZE_MAX;  // of both directions
  std::size_t items = SIZE_MAX;       // in each list of losses, hazards and limits
  std::size_t sql_bytes = SIZE_MAX;   // of each statement
};

// `frame` makes of SQL what the page shows.
using FrameSql = std::function<std::string(const std::string& sql)>;

PageData report_data(const Report& report, const ReportRoom& room, const FrameSql& frame);

// How many statements the report has, in both directions.
std::size_t statement_count(const Report& report);

}  // namespace schemac
