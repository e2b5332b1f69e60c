#pragma once
// The tables that revisions touch, and those that foreign keys lead to from there, as they were and
// as they will be.

#include <string>
#include <vector>

#include "cli/report_model.h"

namespace schemac {

enum class Mark : std::uint8_t { same, added, dropped, changed };

struct DiagramRow {
  std::string name, type;
  Mark mark = Mark::same;
  bool key = false;  // part of the primary key
};

// A table at one time.
struct DiagramTable {
  std::string name;
  std::vector<DiagramRow> rows;
  std::size_t rows_left_out = 0;   // columns that did not change
  std::vector<DiagramRow> parts;   // what else changed in it: indexes, constraints
  std::size_t parts_left_out = 0;  // further ones
};

// A table over time: where it is not there, `present` is false.
struct DiagramBox {
  ObjectId id;  // as it is afterwards, or was where it is gone
  Mark mark = Mark::same;
  bool touched = false;
  bool present_before = false, present_after = false;
  DiagramTable before, after;
};

struct DiagramEdge {
  std::size_t from = 0, to = 0;  // boxes
  std::string column, ref_column;
  Mark mark = Mark::same;
};

struct Diagram {
  std::vector<DiagramBox> boxes;  // in the order in which they are placed
  std::vector<DiagramEdge> before, after;
  std::size_t left_out = 0;          // touched tables beyond those that a picture can hold
  std::vector<std::string> changes;  // each touched table in a sentence
};

Diagram make_diagram(const Report& report);

}  // namespace schemac
