#include "cli/report_page.h"

#include <algorithm>

#include "cli/report_data.h"
#include "cli/report_svg.h"

namespace schemac {
namespace {

// GitHub's limit of a comment; in bytes, which are never fewer than its characters. Some are left
// to whoever posts it.
constexpr std::size_t kCommentBytesMax = 65'000;
constexpr std::size_t kCommentSqlBytes = 1'500;

// Our own words, in which names stand between backticks.
std::string prose(const std::string& text) {
  std::string out;
  bool code = false;
  for (const char c : html_escaped(text)) {
    if (c != '`') {
      out += c;
      continue;
    }
    out += code ? "</code>" : "<code>";
    code = !code;
  }
  return out + (code ? "</code>" : "");
}

// How many backticks stand side by side at most.
std::size_t longest_run(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// As code: nothing in it is markup, a link or somebody's name.
std::string code_span(const std::string& text) {
  const std::string fence(longest_run(text) + 1, '`');
  std::string line = text;
  std::replace(line.begin(), line.end(), '\n', ' ');
  const bool blanks = line.empty() || line.front() == '`' || line.back() == '`' ||
                      (line.front() == ' ' && line.back() == ' ');
  return fence + (blanks ? " " + line + " " : line) + fence;
}

// No fence of its own can end it.
std::string fenced(const std::string& sql) {
  const std::string fence(std::max<std::size_t>(longest_run(sql) + 1, 3), '`');
  return fence + "sql\n" + sql + "\n" + fence;
}

std::string markdown_in(const Report& report, const ReportRoom& room) {
  return render_page("report.md", report_data(report, room, fenced), code_span);
}

// The most for which `fits` holds, if it holds for all that is less. 0 is taken untried.
template <class Fits>
std::size_t most(std::size_t high, const Fits& fits) {
  std::size_t low = 0;
  while (low < high) {
    const std::size_t middle = low + (high - low + 1) / 2;
    if (fits(middle))
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

// The longest of the lists that can be cut.
std::size_t items_max(const Report& report) {
  std::size_t items = 0;
  for (const ReportRevision& revision : report.revisions) {
    items += revision.up.lost.size() + revision.down.lost.size() + revision.proof_limits.size() +
             revision.up.acknowledgements.size() + revision.down.acknowledgements.size();
    for (const ReportFile* file : {&revision.up, &revision.down})
      for (const ReportStatement& statement : file->statements) items += statement.hazards.size();
  }
  return items;
}

}  // namespace

std::string report_html(const Report& report) {
  PageData data = report_data(report, {}, [](const std::string& sql) { return sql; });
  for (PageData& hazard : data.lists["hazards"])
    for (const char* name : {"effect", "way_out"}) hazard.texts[name] = prose(hazard.texts[name]);
  const Diagram diagram = make_diagram(report);
  const bool any = !diagram.boxes.empty();
  const auto present = [&](bool DiagramBox::*member) {
    return std::any_of(diagram.boxes.begin(), diagram.boxes.end(),
                       [&](const DiagramBox& box) { return box.*member; });
  };
  data.texts["diagram"] = any ? "yes" : "";
  data.texts["svg_before"] = present(&DiagramBox::present_before) ? svg_of(diagram, false) : "";
  data.texts["svg_after"] = present(&DiagramBox::present_after) ? svg_of(diagram, true) : "";
  data.texts["tables_left_out"] = diagram.left_out == 0 ? "" : std::to_string(diagram.left_out);
  return render_page("report.html", data, html_escaped);
}

std::string report_markdown(const Report& report, std::size_t bytes_max) {
  std::string text = markdown_in(report, {});
  if (text.size() <= bytes_max) return text;
  ReportRoom room;
  room.sql_bytes = kCommentSqlBytes;
  const auto fits = [&] { return markdown_in(report, room).size() <= bytes_max; };
  room.statements = most(statement_count(report), [&](std::size_t count) {
    room.statements = count;
    return fits();
  });
  if (room.statements == 0 && !fits())
    room.items = most(items_max(report), [&](std::size_t count) {
      room.items = count;
      return fits();
    });
  return markdown_in(report, room);
}

std::string report_markdown(const Report& report) {
  return report_markdown(report, kCommentBytesMax);
}

}  // namespace schemac
