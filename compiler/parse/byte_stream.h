#pragma once
// A file's bytes as ANTLR reads characters: nothing is copied or decoded, and a token's index is
// its place in the file.

#include <antlr4-runtime.h>

#include <string>
#include <string_view>

namespace schemac {

class ByteStream : public antlr4::CharStream {
 public:
  explicit ByteStream(std::string_view text) : text_(text), end_(text.size()) {}

  // Makes [begin, end) the input.
  void select(std::size_t begin, std::size_t end) {
    begin_ = at_ = begin;
    end_ = end;
  }
  // Up to the end of the input, from the start of the file.
  std::string_view text() const { return text_.substr(0, end_); }

  void consume() override { ++at_; }
  size_t LA(ssize_t i) override {
    const std::size_t index = at_ + static_cast<std::size_t>(i > 0 ? i - 1 : i);
    if (index < begin_ || index >= end_) return EOF;
    return static_cast<unsigned char>(text_[index]);
  }
  ssize_t mark() override { return -1; }
  void release(ssize_t) override {}
  size_t index() override { return at_; }
  void seek(size_t index) override { at_ = index; }
  size_t size() override { return end_; }
  std::string getSourceName() const override { return {}; }
  std::string getText(const antlr4::misc::Interval& interval) override {
    const auto from = static_cast<std::size_t>(interval.a);
    const auto to = std::min(static_cast<std::size_t>(interval.b + 1), end_);
    return from < to ? std::string(text_.substr(from, to - from)) : std::string();
  }
  std::string toString() const override { return std::string(text_.substr(begin_, end_ - begin_)); }

 private:
  std::string_view text_;
  std::size_t begin_ = 0;
  std::size_t at_ = 0;
  std::size_t end_;
};

}  // namespace schemac
