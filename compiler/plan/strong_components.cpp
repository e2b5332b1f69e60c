#include "compiler/plan/strong_components.h"

#include <algorithm>

namespace schemac {
namespace {

// Tarjan's algorithm with an explicit stack.
class Tarjan {
 public:
  explicit Tarjan(const Neighbours& successors)
      : successors_(successors),
        number_(successors.size(), 0),
        low_(successors.size(), 0),
        component_(successors.size(), 0),
        on_path_(successors.size(), false) {}

  std::vector<std::uint32_t> run() {
    for (std::uint32_t root = 0; root < successors_.size(); ++root)
      if (number_[root] == 0) visit(root);
    return std::move(component_);
  }

 private:
  struct Frame {
    std::uint32_t node;
    std::size_t next;
  };

  void enter(std::uint32_t node) {
    number_[node] = low_[node] = ++count_;
    path_.push_back(node);
    on_path_[node] = true;
    frames_.push_back({node, 0});
  }

  void visit(std::uint32_t root) {
    enter(root);
    while (!frames_.empty()) {
      const std::uint32_t node = frames_.back().node;
      if (frames_.back().next < successors_[node].size()) {
        const std::uint32_t to = successors_[node][frames_.back().next++];
        if (number_[to] == 0)
          enter(to);
        else if (on_path_[to])
          low_[node] = std::min(low_[node], number_[to]);
      } else {
        leave(node);
      }
    }
  }

  void leave(std::uint32_t node) {
    frames_.pop_back();
    if (!frames_.empty())
      low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
    if (low_[node] != number_[node]) return;
    for (std::uint32_t member = ~node; member != node;) {
      member = path_.back();
      path_.pop_back();
      on_path_[member] = false;
      component_[member] = components_;
    }
    ++components_;
  }

  const Neighbours& successors_;
  std::vector<std::uint32_t> number_, low_, component_;
  std::vector<bool> on_path_;
  std::vector<std::uint32_t> path_;
  std::vector<Frame> frames_;
  std::uint32_t count_ = 0;
  std::uint32_t components_ = 0;
};

}  // namespace

std::vector<std::uint32_t> strong_components(const Neighbours& successors) {
  return Tarjan(successors).run();
}

}  // namespace schemac
