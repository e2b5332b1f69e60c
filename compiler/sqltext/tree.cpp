#include "compiler/sqltext/tree.h"

#include <pg_query.h>
#include <pthread.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <memory>
#include <unordered_map>

namespace schemac::sqltext {
namespace {

// A level of a tree takes a few kilobytes of stack while it is unpacked. Short texts cannot nest
// deeper than a usual stack bears; longer ones are measured by their tokens first.
constexpr std::size_t kShortBytes = 2'000;
constexpr std::size_t kUsualDepth = 2'000;
constexpr std::size_t kDepthMax = 20'000;
constexpr std::size_t kDeepStackBytes = std::size_t{512} << 20;

// Memory of one tree: taken piecewise, given back at once, so that freeing needs no recursion.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() {
    for (void* block : blocks_) std::free(block);
  }
  ProtobufCAllocator allocator() { return {allocate, release, this}; }

 private:
  static constexpr std::size_t kBlockBytes = 8'192;

  static void* allocate(void* self, std::size_t size) {
    return static_cast<Arena*>(self)->take((size + 15) & ~std::size_t{15});
  }
  static void release(void*, void*) {}

  void* take(std::size_t size) {
    if (size > left_) {
      const std::size_t bytes = std::max(kBlockBytes, size);
      void* block = std::malloc(bytes);
      if (block == nullptr) return nullptr;
      blocks_.push_back(block);
      next_ = static_cast<char*>(block);
      left_ = bytes;
    }
    void* taken = next_;
    next_ += size;
    left_ -= size;
    return taken;
  }

  std::vector<void*> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

// More than the depth that the tree of `text` can have: every level takes a token of its own on
// the way, and what commas and semicolons part stands side by side.
std::size_t depth_bound(const std::string& text) {
  struct Group {
    std::size_t tokens = 0;   // of the part since the last comma
    std::size_t inside = 0;   // bound of the deepest group in it
    std::size_t deepest = 0;  // bound of the parts before
  };
  std::vector<Group> open(1);
  const auto end_part = [&](Group& group) {
    group.deepest = std::max(group.deepest, group.tokens + group.inside);
    group.tokens = group.inside = 0;
  };
  const auto end_group = [&] {
    end_part(open.back());
    const std::size_t inside = open.back().deepest + 1;
    open.pop_back();
    open.back().inside = std::max(open.back().inside, inside);
  };
  with_tokens(text, [&](std::span<PgQuery__ScanToken* const> tokens) {
    for (const PgQuery__ScanToken* token : tokens) switch (token->token) {
        case PG_QUERY__TOKEN__ASCII_40:  // (
        case PG_QUERY__TOKEN__ASCII_91:  // [
          open.emplace_back();
          break;
        case PG_QUERY__TOKEN__ASCII_41:  // )
        case PG_QUERY__TOKEN__ASCII_93:  // ]
          if (open.size() > 1) end_group();
          ++open.back().tokens;
          break;
        case PG_QUERY__TOKEN__ASCII_44:  // ,
        case PG_QUERY__TOKEN__ASCII_59:  // ;
          end_part(open.back());
          break;
        default:
          ++open.back().tokens;
      }
  });
  while (open.size() > 1) end_group();
  end_part(open.back());
  return open.back().deepest;
}

void on_deep_stack(const std::function<void()>& work) {
  struct Job {
    const std::function<void()>& work;
    std::exception_ptr thrown;
  } job{work, nullptr};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kDeepStackBytes);
  pthread_t thread;
  const auto run = [](void* argument) -> void* {
    auto& self = *static_cast<Job*>(argument);
    try {
      self.work();
    } catch (...) {
      self.thrown = std::current_exception();
    }
    return nullptr;
  };
  const int failed = pthread_create(&thread, &attributes, run, &job);
  pthread_attr_destroy(&attributes);
  if (failed != 0) throw std::bad_alloc();
  pthread_join(thread, nullptr);
  if (job.thrown) std::rethrow_exception(job.thrown);
}

// What is handed to the parser for a text: the text in a frame that makes it a statement.
struct Framed {
  std::string sql;
  std::size_t shift;
  std::size_t length;  // of the text itself
};

constexpr std::string_view kExpressionFrame = "SELECT ";
constexpr std::string_view kStatementsFrame = "CREATE PROCEDURE p() BEGIN ATOMIC ";

Framed frame(std::string_view text, TextForm form, bool close) {
  const std::string_view before = form == TextForm::expression   ? kExpressionFrame
                                  : form == TextForm::statements ? kStatementsFrame
                                                                 : std::string_view();
  Framed framed{std::string(before) + std::string(text), before.size(), text.size()};
  if (form == TextForm::statements) framed.sql += close ? "\n;\nEND" : "\nEND";
  return framed;
}

bool ends_in_semicolon(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n\f\v");
  return last == std::string_view::npos || text[last] == ';';
}

// Whether a SELECT holds an expression and nothing else.
bool is_one_expression(const PgQuery__SelectStmt& select) {
  if (select.n_target_list != 1) return false;
  const auto* target = as<PgQuery__ResTarget>(select.target_list[0]);
  if (target == nullptr || target->name[0] != '\0') return false;
  if (const auto* column = as<PgQuery__ColumnRef>(target->val))
    if (as<PgQuery__AStar>(column->fields[column->n_fields - 1]) != nullptr &&
        column->n_fields == 1)
      return false;
  return select.n_distinct_clause + select.n_from_clause + select.n_group_clause +
                 select.n_window_clause + select.n_values_lists + select.n_sort_clause +
                 select.n_locking_clause ==
             0 &&
         select.into_clause == nullptr && select.where_clause == nullptr &&
         select.having_clause == nullptr && select.limit_offset == nullptr &&
         select.limit_count == nullptr && select.with_clause == nullptr &&
         select.op == PG_QUERY__SET_OPERATION__SETOP_NONE;
}

// What of the framed statement is the text's own; or why it is none of the wanted form.
std::optional<TextError> unframe(const PgQuery__ParseResult& result, TextForm form, Tree& tree) {
  static constexpr std::string_view kExpected[] = {
      "one expression is expected here", "one query is expected here",
      "SQL statements are expected here", "one statement is expected here"};
  const TextError wrong{std::string(kExpected[static_cast<int>(form)]), 0};
  if (result.n_stmts != 1) return wrong;
  const Message* statement = held(result.stmts[0]->stmt);
  if (statement == nullptr) return wrong;
  if (form == TextForm::statements || form == TextForm::statement) {
    tree.root = statement;
    return std::nullopt;
  }
  const auto* select = as<PgQuery__SelectStmt>(statement);
  if (select == nullptr || select->into_clause != nullptr) return wrong;
  if (form == TextForm::query) {
    tree.root = &select->base;
    return std::nullopt;
  }
  if (!is_one_expression(*select)) return wrong;
  tree.root = held(as<PgQuery__ResTarget>(select->target_list[0])->val);
  return tree.root == nullptr ? std::optional(wrong) : std::nullopt;
}

// The server counts characters from 1 in what it was given.
std::size_t byte_offset(const Framed& framed, int cursor) {
  std::size_t at = 0;
  for (int left = cursor - 1; left > 0 && at < framed.sql.size(); --left) {
    ++at;
    while (at < framed.sql.size() && (static_cast<unsigned char>(framed.sql[at]) & 0xC0) == 0x80)
      ++at;
  }
  return at < framed.shift ? 0 : std::min(at - framed.shift, framed.length);
}

// What breaks off is whole for no parser; any other error may be of what came later.
TextError text_error(const Framed& framed, const PgQueryError& error) {
  TextError result{error.message, byte_offset(framed, error.cursorpos), true};
  if (result.offset == framed.length && framed.length > 0) {
    result.message = "syntax error at the end";
    result.maybe_newer = false;
    --result.offset;
  }
  return result;
}

}  // namespace

// A tree and the memory that it is in, or why there is none.
struct Ahead {
  Arena arena;
  Tree tree;
  std::optional<TextError> error;
};

namespace {

std::shared_ptr<const Ahead> parse(const Framed& framed, TextForm form) {
  struct Answer {
    PgQueryProtobufParseResult value;
    ~Answer() { pg_query_free_protobuf_parse_result(value); }
  } answer{pg_query_parse_protobuf(framed.sql.c_str())};
  const auto parsed = std::make_shared<Ahead>();
  if (answer.value.error != nullptr) {
    parsed->error = text_error(framed, *answer.value.error);
    return parsed;
  }
  ProtobufCAllocator allocator = parsed->arena.allocator();
  const auto* result = pg_query__parse_result__unpack(
      &allocator, answer.value.parse_tree.len,
      reinterpret_cast<const std::uint8_t*>(answer.value.parse_tree.data));
  if (result == nullptr) throw std::bad_alloc();
  parsed->tree.shift = framed.shift;
  parsed->error = unframe(*result, form, parsed->tree);
  return parsed;
}

// Schemas say the same few things of many columns: `now()`, `0`, `amount >= 0`. Their trees are
// kept, as many as cost no memory to speak of.
std::shared_ptr<const Ahead> parse_once(const Framed& framed, TextForm form) {
  constexpr std::size_t kKeptBytesMax = 200;  // of a text
  constexpr std::size_t kKeptMax = 200;
  if (framed.sql.size() > kKeptBytesMax) return parse(framed, form);
  using Kept = std::unordered_map<std::string, std::shared_ptr<const Ahead>>;
  thread_local std::array<Kept, 4> kept_of_form;
  Kept& kept = kept_of_form[static_cast<std::size_t>(form)];
  if (const auto known = kept.find(framed.sql); known != kept.end()) return known->second;
  if (kept.size() == kKeptMax) kept.clear();
  return kept.emplace(framed.sql, parse(framed, form)).first->second;
}

std::optional<TextError> parse(const Framed& framed, TextForm form,
                               const std::function<void(const Tree&)>& use) {
  const std::shared_ptr<const Ahead> parsed = parse_once(framed, form);
  if (!parsed->error) use(parsed->tree);
  return parsed->error;
}

}  // namespace

void with_tokens(const std::string& text,
                 const std::function<void(std::span<PgQuery__ScanToken* const>)>& use) {
  const PgQueryScanResult scanned = pg_query_scan(text.c_str());
  if (scanned.error == nullptr) {
    Arena arena;
    ProtobufCAllocator allocator = arena.allocator();
    const auto* result = pg_query__scan_result__unpack(
        &allocator, scanned.pbuf.len, reinterpret_cast<const std::uint8_t*>(scanned.pbuf.data));
    if (result != nullptr) use({result->tokens, result->n_tokens});
  }
  pg_query_free_scan_result(scanned);
}

std::shared_ptr<const Ahead> parse_ahead(std::string_view statement) {
  if (statement.find('\0') != std::string_view::npos) return nullptr;
  const Framed framed = frame(statement, TextForm::statement, false);
  if (framed.sql.size() > kShortBytes && depth_bound(framed.sql) > kUsualDepth) return nullptr;
  return parse(framed, TextForm::statement);
}

std::optional<TextError> with_tree(const Ahead& statement,
                                   const std::function<void(const Tree&)>& use) {
  if (!statement.error) use(statement.tree);
  return statement.error;
}

std::optional<TextError> with_tree(std::string_view text, TextForm form,
                                   const std::function<void(const Tree&)>& use) {
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
    return TextError{"a NUL byte is no part of SQL", nul};
  const bool close = !ends_in_semicolon(text);
  const Framed framed = frame(text, form, close);
  std::optional<TextError> error;
  const auto work = [&] {
    error = parse(framed, form, use);
    // A comment behind the last statement hides whether that one is closed.
    if (error && form == TextForm::statements && !parse(frame(text, form, !close), form, use))
      error.reset();
  };
  const std::size_t depth = framed.sql.size() <= kShortBytes ? 0 : depth_bound(framed.sql);
  if (depth > kDepthMax) return TextError{"this nests too deeply", 0};
  if (depth > kUsualDepth)
    on_deep_stack(work);
  else
    work();
  return error;
}

const Message* held(const Message* message) {
  if (message == nullptr || message->descriptor != DescriptorOf<PgQuery__Node>::value)
    return message;
  // Every alternative of the union is a pointer to a message.
  const auto* node = reinterpret_cast<const PgQuery__Node*>(message);
  return node->node_case == PG_QUERY__NODE__NODE__NOT_SET
             ? nullptr
             : reinterpret_cast<const Message*>(node->alias);
}

std::vector<std::string> strings(std::size_t count, PgQuery__Node* const* nodes) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < count; ++i)
    if (const auto* part = as<PgQuery__String>(nodes[i])) parts.emplace_back(part->sval);
  return parts;
}

QName qualified(const std::vector<std::string>& parts) {
  if (parts.empty()) return {};
  return {Ident(parts.size() > 1 ? parts[parts.size() - 2] : std::string()), Ident(parts.back())};
}

std::optional<QName> parse_qualified(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  const auto blanks = [&] {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  };
  for (;;) {
    std::string part;
    blanks();
    if (at < text.size() && text[at] == '"') {
      for (++at; at < text.size() && (text[at] != '"' || text.substr(at, 2) == "\"\""); ++at) {
        if (text[at] == '"') ++at;
        part += text[at];
      }
      if (at++ >= text.size()) return std::nullopt;
    } else {
      for (; at < text.size() && text[at] != '.' && text[at] != '"' && text[at] != ' '; ++at)
        part +=
            text[at] >= 'A' && text[at] <= 'Z' ? static_cast<char>(text[at] - 'A' + 'a') : text[at];
    }
    if (part.empty()) return std::nullopt;
    parts.push_back(std::move(part));
    blanks();
    if (at == text.size()) return qualified(parts);
    if (text[at++] != '.') return std::nullopt;
  }
}

}  // namespace schemac::sqltext

namespace schemac {

int parser_version() {
  return std::atoi(PG_MAJORVERSION);
}

TextForm form_of(Shape shape) {
  return shape == Shape::query        ? TextForm::query
         : shape == Shape::statements ? TextForm::statements
                                      : TextForm::expression;
}

std::optional<TextError> check_text(std::string_view text, TextForm form) {
  return sqltext::with_tree(text, form, [](const sqltext::Tree&) {});
}

}  // namespace schemac
