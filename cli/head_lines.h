#pragma once
// The lines of revisions that lead to several heads: what they have in common, what each one adds,
// and where they are in each other's way.

#include <string>
#include <vector>

#include "cli/footprint.h"
#include "cli/output.h"
#include "cli/revisions.h"
#include "introspect/postgres/throwaway.h"

namespace schemac {

struct HeadLine {
  std::string head;
  std::vector<const Revision*> revisions;  // of this line alone, in the history's order
  Footprint footprint;
};

struct LineOverlap {
  const HeadLine* ours = nullptr;
  const HeadLine* theirs = nullptr;
  Overlap overlap;
};

struct HeadLines {
  std::vector<HeadLine> lines;
  std::vector<const Revision*> common;  // revisions that more than one of them needs
  Catalog base, end;                    // before all lines, and behind them
  std::vector<LineOverlap> overlaps;
};

HeadLines lines_to(const std::vector<std::string>& heads, const History& history);

// Each overlap, at the statements of both sides.
void report_overlaps(const HeadLines& lines, Sink& sink);

// What to write into the schema files so that they have what both sides of each overlap want; what
// cannot be had is listed.
Outcome describe_overlaps(const HeadLines& lines);

// Runs both orders of the lines on throwaway databases, and notes that both hold; reports where one
// does not.
void prove_lines(const HeadLines& lines, postgres::Throwaway& throwaway, Evidence& evidence,
                 Sink& sink);

// Whether the lines lead to the same catalog in both orders, as far as the model tells.
void check_orders(const HeadLines& lines, Sink& sink);

}  // namespace schemac
