#include "cli/report_svg.h"

#include <algorithm>
#include <array>

#include "base/visible.h"

namespace schemac {
namespace {

// In pixels. A box and the margins beside it fit on a phone.
constexpr int kBoxWidth = 262, kHeadHeight = 26, kRowHeight = 18, kBoxFoot = 6, kMargin = 3;
constexpr int kGutterMin = 22, kChannelMin = 22, kLane = 6;
constexpr int kLanesMax = 8;
constexpr std::size_t kEdgesStrong = 40;  // beyond, those that did not change step back
constexpr std::size_t kCharsInRow = 34, kCharsInHead = 32;

// How many characters of fixed width a text takes; those of most scripts beyond ours take two.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    width += byte < 0x80 ? 1 : byte >= 0xE1 ? 2 : byte >= 0xC0 ? 1 : 0;
  }
  return width;
}

// `text` cut to `width`, with a mark where something is missing.
std::string cut(const std::string& text, std::size_t width) {
  if (width_of(text) <= width) return text;
  std::size_t end = text.size();
  while (end > 0 && (width_of(std::string_view(text).substr(0, end)) + 1 > width ||
                     (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)))
    --end;
  return text.substr(0, end) + "…";
}

std::string_view sign_of(Mark mark) {
  constexpr std::array<std::string_view, 4> signs{"", "+", "−", "~"};
  return signs[static_cast<std::size_t>(mark)];
}
std::string_view class_of(Mark mark) {
  constexpr std::array<std::string_view, 4> classes{"same", "added", "dropped", "changed"};
  return classes[static_cast<std::size_t>(mark)];
}
std::string_view word_of(Mark mark) {
  constexpr std::array<std::string_view, 4> words{"", "new", "dropped", "changed"};
  return words[static_cast<std::size_t>(mark)];
}

std::size_t lines_of(const DiagramTable& table) {
  return table.rows.size() + (table.rows_left_out > 0 ? 1 : 0) + table.parts.size() +
         (table.parts_left_out > 0 ? 1 : 0);
}
int height_of(const DiagramTable& table) {
  return kHeadHeight + static_cast<int>(lines_of(table)) * kRowHeight + kBoxFoot;
}

std::size_t columns_for(std::size_t boxes) {
  constexpr std::array<std::size_t, 5> at_most{2, 6, 15, 32, 60};
  const auto at = std::lower_bound(at_most.begin(), at_most.end(), boxes);
  return static_cast<std::size_t>(at - at_most.begin()) + 1;
}

struct Place {
  std::size_t column, row;
};

// Where everything stands: boxes in rows and columns, with gutters between columns and channels
// between rows for the lines of foreign keys, so that none crosses a box.
class Layout {
 public:
  explicit Layout(const Diagram& diagram) : columns_(columns_for(diagram.boxes.size())) {
    const std::size_t rows = (diagram.boxes.size() + columns_ - 1) / columns_;
    heights_.assign(rows, 0);
    gutters_.assign(columns_ + 1, 0);
    channels_.assign(rows + 1, 0);
    for (std::size_t i = 0; i < diagram.boxes.size(); ++i) {
      int& height = heights_[place(i).row];
      const DiagramBox& box = diagram.boxes[i];
      if (box.present_before) height = std::max(height, height_of(box.before));
      if (box.present_after) height = std::max(height, height_of(box.after));
    }
    // Both pictures have room for the lines of the other one.
    for (const auto* edges : {&diagram.before, &diagram.after}) {
      std::vector<int> gutters(gutters_.size()), channels(channels_.size());
      for (const DiagramEdge& edge : *edges) {
        ++gutters[gutter_from(edge)];
        if (gutter_from(edge) == gutter_to(edge)) continue;
        ++gutters[gutter_to(edge)];
        ++channels[place(edge.to).row];
      }
      raise(gutters_, gutters);
      raise(channels_, channels);
    }
  }

  Place place(std::size_t box) const { return {box % columns_, box / columns_}; }
  // The gutter on the right of column c is c + 1.
  std::size_t gutter_from(const DiagramEdge& edge) const {
    const std::size_t from = place(edge.from).column, to = place(edge.to).column;
    return to < from ? from : from + 1;
  }
  std::size_t gutter_to(const DiagramEdge& edge) const {
    const std::size_t from = place(edge.from).column, to = place(edge.to).column;
    return to > from ? to : to + 1;
  }

  int left(std::size_t column) const {
    int x = kMargin;
    for (std::size_t i = 0; i < column; ++i) x += kBoxWidth + gutter_width(i + 1);
    return x;
  }
  int top(std::size_t row) const {
    int y = kMargin + channel_height(0);
    for (std::size_t i = 0; i < row; ++i) y += heights_[i] + channel_height(i + 1);
    return y;
  }
  int width() const { return left(columns_); }
  int height() const { return top(heights_.size()) + kMargin; }
  int gutter_x(std::size_t gutter, int lane) const {
    return left(gutter) - gutter_width(gutter) + kGutterMin / 2 + (lane % kLanesMax) * kLane;
  }
  int channel_y(std::size_t row, int lane) const {
    return top(row) - channel_height(row) + kChannelMin / 2 + (lane % kLanesMax) * kLane;
  }

 private:
  static void raise(std::vector<int>& most, const std::vector<int>& counts) {
    for (std::size_t i = 0; i < most.size(); ++i) most[i] = std::max(most[i], counts[i]);
  }
  static int lanes(int count) { return std::min(std::max(count - 1, 0), kLanesMax - 1) * kLane; }
  int gutter_width(std::size_t gutter) const {
    const bool last = gutter == columns_;
    if (gutters_[gutter] == 0 && last) return kMargin;
    return kGutterMin + lanes(gutters_[gutter]);
  }
  int channel_height(std::size_t row) const {
    const bool edge = row == 0 || row == heights_.size();
    if (channels_[row] == 0 && edge) return 0;
    return kChannelMin + lanes(channels_[row]);
  }

  std::size_t columns_;
  std::vector<int> heights_, gutters_, channels_;
};

class Svg {
 public:
  Svg(const Diagram& diagram, bool after)
      : diagram_(diagram),
        after_(after),
        layout_(diagram),
        gutter_lanes_(diagram.boxes.size() + 2),
        channel_lanes_(diagram.boxes.size() + 2) {}

  std::string draw() {
    const std::string side = after_ ? "after" : "before";
    const std::string width = number(layout_.width()), height = number(layout_.height());
    const std::string css = edges().size() > kEdgesStrong ? "diagram many" : "diagram";
    out_ = "<svg class=\"" + css + "\" role=\"img\" aria-labelledby=\"title-" + side + " desc-" +
           side + "\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width +
           " " + height + "\">\n<title id=\"title-" + side + "\">Tables " + side +
           "</title>\n<desc id=\"desc-" + side + "\">";
    for (const std::string& change : diagram_.changes) out_ += html_escaped(change) + ". ";
    out_ += "</desc>\n";
    for (const DiagramEdge& edge : edges()) draw(edge);
    for (std::size_t i = 0; i < diagram_.boxes.size(); ++i)
      if (present(diagram_.boxes[i])) draw(diagram_.boxes[i], layout_.place(i));
    return out_ + "</svg>\n";
  }

 private:
  static std::string number(int value) { return std::to_string(value); }
  const DiagramTable& table(const DiagramBox& box) const { return after_ ? box.after : box.before; }
  const std::vector<DiagramEdge>& edges() const {
    return after_ ? diagram_.after : diagram_.before;
  }
  bool present(const DiagramBox& box) const {
    return after_ ? box.present_after : box.present_before;
  }

  void text(int x, int y, std::string_view css, const std::string& content,
            const std::string& whole) {
    out_ += "<text class=\"" + std::string(css) + "\" x=\"" + number(x) + "\" y=\"" + number(y) +
            "\">" + html_escaped(content);
    if (content != whole) out_ += "<title>" + html_escaped(whole) + "</title>";
    out_ += "</text>";
  }

  void draw(const DiagramBox& box, const Place& at) {
    const DiagramTable& shown = table(box);
    const int x = layout_.left(at.column), y = layout_.top(at.row), height = height_of(shown);
    const auto rect = [&](std::string_view css, int tall) {
      out_ += "<rect class=\"" + std::string(css) + "\" x=\"" + number(x) + "\" y=\"" + number(y) +
              "\" width=\"" + number(kBoxWidth) + "\" height=\"" + number(tall) + "\" rx=\"4\"/>";
    };
    out_ += "<g class=\"box " + std::string(class_of(box.mark)) + "\">";
    rect("frame", height);
    rect("head", kHeadHeight);
    const std::string word(word_of(box.mark));
    const std::size_t room = kCharsInHead - (word.empty() ? 0 : word.size() + 3);
    const std::string name = visible(shown.name, "\\n");
    text(x + 8, y + 17, "name", cut(name, room), name);
    if (!word.empty()) {
      const std::string mark = std::string(sign_of(box.mark)) + " " + word;
      text(x + kBoxWidth - 8, y + 17, "mark end", mark, mark);
    }
    int line = y + kHeadHeight + 15;
    for (const DiagramRow& row : shown.rows) draw(row, x, line, true);
    more(shown.rows_left_out, "more columns, unchanged", "more column, unchanged", x, line);
    for (const DiagramRow& part : shown.parts) draw(part, x, line, false);
    more(shown.parts_left_out, "more changes", "more change", x, line);
    out_ += "</g>\n";
  }

  void more(std::size_t count, const std::string& many, const std::string& one, int x, int& y) {
    if (count == 0) return;
    const std::string words = "… " + std::to_string(count) + " " + (count == 1 ? one : many);
    text(x + 22, y, "type", words, words);
    y += kRowHeight;
  }

  void draw(const DiagramRow& row, int x, int& y, bool column) {
    const std::string name = visible(row.name, "\\n"), type = visible(row.type, "\\n");
    const std::size_t type_min = std::min<std::size_t>(width_of(type), 12);
    const std::string shown_name = cut(name, kCharsInRow - 5 - type_min);
    const std::string shown_type = cut(type, kCharsInRow - 4 - width_of(shown_name));
    out_ += "<g class=\"row " + std::string(class_of(row.mark)) + "\">";
    if (row.mark != Mark::same)
      out_ += "<rect class=\"stripe\" x=\"" + number(x + 2) + "\" y=\"" + number(y - 13) +
              "\" width=\"" + number(kBoxWidth - 4) + "\" height=\"" + number(kRowHeight) + "\"/>";
    const std::string sign(sign_of(row.mark));
    if (!sign.empty()) text(x + 8, y, "mark", sign, sign);
    text(x + 22, y, row.key ? "name key" : column ? "name" : "name part", shown_name, name);
    text(x + kBoxWidth - 8, y, "type end", shown_type, type);
    out_ += "</g>";
    y += kRowHeight;
  }

  // The middle of the row of a column, or of the head where it is not shown.
  int row_y(const DiagramBox& box, const Place& at, const std::string& column) const {
    const auto& rows = table(box).rows;
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&](const DiagramRow& row) { return row.name == column; });
    const int top = layout_.top(at.row);
    if (found == rows.end()) return top + kHeadHeight / 2;
    return top + kHeadHeight + 10 + static_cast<int>(found - rows.begin()) * kRowHeight;
  }

  void draw(const DiagramEdge& edge) {
    const DiagramBox &from = diagram_.boxes[edge.from], &to = diagram_.boxes[edge.to];
    const Place a = layout_.place(edge.from), b = layout_.place(edge.to);
    const std::size_t out = layout_.gutter_from(edge), in = layout_.gutter_to(edge);
    const auto side = [&](std::size_t column, std::size_t gutter) {
      return layout_.left(column) + (gutter == column + 1 ? kBoxWidth : 0);
    };
    const int start_x = side(a.column, out), start_y = row_y(from, a, edge.column);
    const int end_x = side(b.column, in), end_y = row_y(to, b, edge.ref_column);
    const int out_x = layout_.gutter_x(out, gutter_lanes_[out]++);
    std::string path = "M" + number(start_x) + " " + number(start_y) + "H" + number(out_x);
    if (out != in) {
      const int in_x = layout_.gutter_x(in, gutter_lanes_[in]++);
      path += "V" + number(layout_.channel_y(b.row, channel_lanes_[b.row]++)) + "H" + number(in_x);
    }
    path += "V" + number(end_y) + "H" + number(end_x);
    const std::string css(class_of(edge.mark));
    const int tip = in == b.column + 1 ? 7 : -7;
    const std::string words = visible(
        table(from).name + "." + edge.column + " → " + table(to).name + "." + edge.ref_column,
        "\\n");
    out_ += "<g class=\"edge " + css + "\"><title>" + html_escaped(words) + "</title><path d=\"" +
            path + "\"/><path class=\"tip\" d=\"M" + number(end_x) + " " + number(end_y) + "l" +
            number(tip) + " -4v8z\"/>";
    if (edge.mark != Mark::same) {
      const int beside = out == a.column + 1 ? 4 : -11;
      const std::string sign(sign_of(edge.mark));
      text(start_x + beside, start_y - 4, "mark", sign, sign);
    }
    out_ += "</g>\n";
  }

  const Diagram& diagram_;
  const bool after_;
  const Layout layout_;
  std::vector<int> gutter_lanes_, channel_lanes_;
  std::string out_;
};

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string out;
  for (const char c : visible(text, "\n")) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string svg_of(const Diagram& diagram, bool after) {
  return Svg(diagram, after).draw();
}

}  // namespace schemac
