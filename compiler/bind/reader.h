#pragma once
// Reads the clauses of a statement into the fields of a kind, by the kind's table alone.

#include <bitset>
#include <memory>

#include "compiler/bind/binding.h"

namespace schemac {

// Fields that are being read: of a kind, or of a record in it.
struct Record {
  Record(std::span<const FieldInfo> fields_, std::string_view noun_);

  std::span<const FieldInfo> fields;
  std::string_view noun;  // what holds them, for messages
  std::vector<Value> values;
  std::vector<FieldPlace> places;
  std::bitset<Values::kFieldsMax> given;
  std::vector<std::unique_ptr<Record>> mixed;  // of the fields that is_mixed() says, if any

  Record* mixed_in(std::size_t field) const { return mixed.empty() ? nullptr : mixed[field].get(); }
};

class Reader {
 public:
  Reader(Binding& binding, std::uint32_t draft);

  Record& fields() { return fields_; }

  // Reads one clause at the cursor; false where none of the fields starts there. What is wrong is
  // reported, and failed() from then on.
  bool read_clause(Cursor& cursor) { return read_clause(fields_, cursor); }
  // Whether one of the fields starts at the cursor with words of its own.
  bool starts_clause(const Cursor& cursor) { return find(fields_, cursor).items > 0; }
  // Reads the value of one field whose words were consumed.
  void read_field(std::string_view field, Cursor& cursor);
  // A field that a block holds in braces.
  void read_block(FieldIndex field, const Statement& statement);
  // A name, folded, with its warnings.
  std::optional<Ident> read_name(Cursor& cursor);
  std::optional<QName> read_qname(Cursor& cursor);

  // Reports required fields that are missing, and hands the values to the draft.
  void finish(const Cursor& cursor);

  bool failed() const { return failed_; }
  // Reads no further: what is wrong was reported elsewhere.
  void stop() { failed_ = true; }
  // Goes on with another statement of the same object.
  void resume() { failed_ = false; }
  void fail(const Message& message, const SourceSpan& at, std::string hint = {});
  // `what` is expected at the cursor.
  void fail_expected(std::string_view what, const Cursor& cursor);

 private:
  struct Found {
    Record* record = nullptr;
    std::size_t field = 0;
    std::size_t items = 0;  // words that introduce it, or that are its value
    std::string_view word;  // of the vocabulary, where they are the value
  };
  Found find(Record& record, const Cursor& cursor);
  Found find_positional(Record& record, const Cursor& cursor);
  bool can_start(const Record& record, std::size_t field, const Cursor& cursor);
  bool can_start(const FieldInfo& field, const Cursor& cursor);
  bool is_unnamed(const Record& record, const Cursor& cursor);

  bool read_clause(Record& record, Cursor& cursor);
  void take(Record& record, std::size_t field, Cursor& cursor);
  void set(Record& record, std::size_t field, Value value, const Item* from, const Cursor& cursor);
  List complete(Record& record, const Cursor& cursor);

  std::optional<Value> read_listed(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_group(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_one(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_record(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_number(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_word(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_text(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_ident(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_reference(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_type(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_expression(Cursor& cursor);
  std::optional<Value> read_value(Cursor& cursor);
  std::optional<Value> read_key(Cursor& cursor);
  std::optional<Value> read_path(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_setting(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_operation(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> read_body(const FieldInfo& field, Cursor& cursor);
  std::optional<Value> sql_text(const SourceSpan& at, TextForm form);
  bool takes_unread(const TextError& error, const SourceSpan& at);
  std::string text_at_home(const SourceSpan& at, TextForm form, const TextFacts& facts) const;

  Binding& binding_;
  std::uint32_t draft_;
  Record fields_;
  std::vector<Value> repeats_;  // further values of the field that is spread over several drafts
  bool intent_ = false;         // whether the field being read is an intent
  bool failed_ = false;
};

// The cursor over items of `span`.
Cursor cursor_over(std::span<const Item> items, const SourceSpan& span);
// From the first item to the last one before `end`.
SourceSpan span_between(const Item* first, const Item* end);
inline constexpr const char* kSecretHint = "set it on the server; what is set there is left alone";
// The text of a string literal.
std::optional<std::string> literal_value(std::string_view source);

}  // namespace schemac
