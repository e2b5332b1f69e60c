#pragma once
// What all files of compiler/bind work on while a schema is bound.

#include <deque>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "base/rare.h"
#include "compiler/ir/catalog.h"
#include "compiler/ir/shared_values.h"
#include "compiler/names/names.h"
#include "compiler/names/text_cache.h"
#include "compiler/names/vocabulary.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac {

// Where a field is written, in the file in which its draft is declared.
struct FieldPlace {
  std::uint32_t field = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// What `///` says above a declaration.
struct Documentation {
  std::string text;
  SourceSpan at;
};

// An object on its way into the catalog: it may have no name yet, and knows where its parts stand.
struct Draft {
  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

  const KindInfo* kind = nullptr;
  std::uint32_t parent = none;
  Object object;
  Ident name;                      // empty: the server's choice
  std::string_view schema;         // that it lives in, as Binding::spelling() has it
  std::string_view home;           // that its unqualified names are looked up in, likewise
  std::vector<FieldPlace> places;  // of a field that is given twice, the last one counts
  SourceSpan name_span;
  Rare<Documentation> doc;
  Rare<QName> part_of;  // the object of the same kind that it is a part of
  bool broken = false;  // an error was reported in it
  bool serial = false;  // its type was a serial one
};

// Where a field of a draft is written: the whole declaration where it is not.
SourceSpan place_of(const Draft& draft, std::size_t field);

// SQL text of a draft.
struct TextMention {
  std::uint32_t draft;
  const TextFacts* facts;
  SourceSpan at;  // exactly the text
  bool intent;    // of a field that says how to get there
};

// A column of the draft's relation, or of the one that it refers to.
struct ColumnMention {
  std::uint32_t draft;
  Refers refers;
  Ident name;
  SourceSpan at;
};

// A statement that asks to keep what goes.
struct RetentionMention {
  const KindInfo* kind;
  std::uint32_t parent;  // draft
  std::string schema;    // where there is no parent
  std::string name;
  SourceSpan at;
};

class Binding {
 public:
  Binding(Sink& sink, int server_version) : sink_(sink), server_version_(server_version) {}

  // That the schema is for; 0: nobody said.
  int server_version() const { return server_version_; }

  struct Problem {
    const Message& message;
    const SourceSpan& at;
    std::string hint = {};
    std::vector<Label> labels = {};
  };
  // Once for each place: the members of a mixin are read for every inclusion.
  void report(const Problem& problem);

  const TextFacts& facts(std::string_view text, TextForm form) { return cache.facts(text, form); }

  // The text, good as long as this: very many drafts have the same few.
  std::string_view spelling(std::string_view text) { return *spellings_.emplace(text).first; }

  // -- Resolution; each reports what it does not find -------------------------------------------
  std::optional<QName> relation(const QName& written, const SourceSpan& at, std::string_view home);
  std::optional<TypeRef> type(const TypeRef& written, const SourceSpan& at, std::string_view home);
  std::optional<QName> function(const QName& written, const SourceSpan& at, std::string_view home);
  bool schema(std::string_view name, const SourceSpan& at);
  // What only some objects of a space or kind have: the rest is the server's or an extension's.
  QName among(const Names::Entry* declared, const QName& written) const;
  std::optional<QName> object(const KindInfo& kind, const QName& written, const SourceSpan& at,
                              std::string_view home);

  TextCache cache;
  Names names;
  SharedValues values;               // of the drafts
  std::vector<SourceSpan> includes;  // of mixins whose members are being read, innermost last
  std::deque<Draft> drafts;
  std::vector<TextMention> texts;
  std::vector<ColumnMention> columns;
  std::vector<RetentionMention> retentions;

 private:
  Sink& sink_;
  std::unordered_set<std::string> spellings_;
  std::set<std::tuple<const SourceFile*, std::uint32_t, std::string>> reported_;
  int server_version_;
};

// A name as its author would write it: `shop.customer`.
std::string show(const QName& name);

// `did you mean …?`, or "" where no candidate is near.
std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates);

// -- Steps of bind(), in their order --------------------------------------------------------------

// Reads all statements into drafts; names of relations, types and routines are known before the
// fields of any are read. The trees go as they are read: those of a large schema take more room
// than its catalog.
void declare_all(Binding& binding, std::vector<ParsedFile> files);

// Turns drafts into objects: fills in omitted names, writes out serial columns, attaches comments.
// The index of each object in the catalog is that of its draft, comments follow.
void name_all(Binding& binding, Catalog& catalog);

class CatalogNames;

// Rules that need the whole catalog; also completes what a reference leaves out. Changes values
// alone.
void check_all(Binding& binding, Catalog& catalog, CatalogNames& names);

// What servers of the version that the schema is for do not have yet.
void check_versions(Binding& binding);

// find_dependencies() with an index over the catalog.
void find_dependencies(Catalog& catalog, CatalogNames& names);

}  // namespace schemac
