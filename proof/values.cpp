#include "proof/values.h"

#include <map>

namespace schemac {

namespace {

const char* const kTypes = R"(
  select t.oid, t.typname, format_type(t.oid, null), t.typtype, t.typcategory, t.typbasetype,
         t.typtypmod, t.typelem, r.rngsubtype
  from pg_type t left join pg_range r on r.rngtypid = t.oid)";

const char* const kLabels =
    "select enumtypid, enumlabel from pg_enum order by enumtypid, enumsortorder";

const char* const kAttributes = R"(
  select t.oid, a.atttypid, a.atttypmod
  from pg_type t join pg_attribute a on a.attrelid = t.typrelid
  where t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
  order by t.oid, a.attnum)";

// Forms of text that conditions commonly ask for.
std::string text_value(int row, int attempt, std::mt19937_64& random) {
  const std::string number = std::to_string(row + 1);
  switch (attempt % 6) {
    case 0:
      return "v" + number;
    case 1:
      return "a" + number + "@example.org";
    case 2:
      return "V" + number;
    case 3:
      return number + number + number;
    case 4:
      return "https://example.org/" + number;
    default:
      return std::string(1 + random() % 12, static_cast<char>('a' + row % 26));
  }
}

std::string integer_value(int row, int attempt, std::mt19937_64& random) {
  switch (attempt % 5) {
    case 0:
      return std::to_string(row + 1);
    case 1:
      return std::to_string(100 + row);
    case 2:
      return std::to_string(-row);
    case 3:
      return std::to_string(2000 + row);
    default:
      return std::to_string(random() % 30000);
  }
}

std::string day(int row, int attempt) {
  const std::string year = std::to_string(attempt % 3 == 0 ? 2024 : attempt % 3 == 1 ? 1970 : 2040);
  return year + "-01-" + (row + 1 < 10 ? "0" : "") + std::to_string(row + 1);
}

// Values of types that need no thought, `#` standing for the row's number.
const std::map<std::string, std::string>& fixed_values() {
  static const std::map<std::string, std::string> values{
      {"bytea", "\\x0#"},
      {"bool", "t"},
      {"time", "0#:30:00"},
      {"timetz", "0#:30:00+00"},
      {"interval", "# days"},
      {"uuid", "00000000-0000-0000-0000-00000000000#"},
      {"json", "{\"a\": #}"},
      {"jsonb", "{\"a\": #}"},
      {"jsonpath", "$.a"},
      {"xml", "<a>#</a>"},
      {"inet", "10.0.0.#"},
      {"cidr", "10.#.0.0/16"},
      {"macaddr", "08:00:2b:01:02:0#"},
      {"macaddr8", "08:00:2b:01:02:03:04:0#"},
      {"point", "(#,1)"},
      {"line", "{1,#,1}"},
      {"lseg", "[(0,0),(1,#)]"},
      {"box", "(1,#),(0,0)"},
      {"path", "[(0,0),(1,#)]"},
      {"polygon", "((0,0),(1,#),(2,0))"},
      {"circle", "<(0,0),#>"},
      {"tsvector", "word#"},
      {"tsquery", "word#"},
      {"money", "#"},
      {"pg_lsn", "0/#"},
      {"hstore", "a=>#"},
      {"ltree", "a.b#"},
      {"int4range", "[#0,#5)"},
      {"int8range", "[#0,#5)"},
      {"numrange", "[#0,#5)"},
      {"daterange", "[2024-0#-01,2024-0#-20)"},
      {"tsrange", "[2024-0#-01,2024-0#-20)"},
      {"tstzrange", "[2024-0#-01,2024-0#-20)"},
      {"varbit", "101"},
  };
  return values;
}

std::string quoted(const std::string& value) {
  std::string text = "'";
  for (const char c : value) text += c == '\'' ? std::string("''") : std::string(1, c);
  return text + "'";
}

}  // namespace

ValueMaker::ValueMaker(pqxx::work& work) {
  for (const pqxx::row& row : work.exec(kTypes)) {
    TypeFacts& type = types_[row[0].c_str()];
    type.name = row[1].c_str();
    type.spelled = row[2].c_str();
    type.form = *row[3].c_str();
    type.category = *row[4].c_str();
    type.base = row[5].c_str();
    type.base_modifier = row[6].as<int>();
    type.element = row[7].c_str();
    if (!row[8].is_null()) type.subtype = row[8].c_str();
  }
  for (const pqxx::row& row : work.exec(kLabels))
    types_[row[0].c_str()].labels.push_back(row[1].c_str());
  for (const pqxx::row& row : work.exec(kAttributes))
    types_[row[0].c_str()].attributes.push_back({row[1].c_str(), row[2].as<int>()});
}

std::string ValueMaker::make(const std::string& oid, int modifier, int row, int attempt,
                             std::mt19937_64& random) const {
  const TypeFacts& type = types_.at(oid);
  if (type.form == 'd') {
    const int inner = type.base_modifier >= 0 ? type.base_modifier : modifier;
    return "(" + make(type.base, inner, row, attempt, random) + ")::" + type.spelled;
  }
  if (type.category == 'A' && type.element != "0") {
    const bool empty = attempt % 3 == 2;
    const std::string inside = empty ? "" : make(type.element, modifier, row, attempt, random);
    return "array[" + inside + "]::" + type.spelled;
  }
  if (type.form == 'c') {
    std::string parts;
    for (const auto& [attribute, attribute_modifier] : type.attributes)
      parts +=
          (parts.empty() ? "" : ", ") + make(attribute, attribute_modifier, row, attempt, random);
    return "row(" + parts + ")::" + type.spelled;
  }
  if (type.form == 'r' && !fixed_values().contains(type.name)) {
    // A range of one value: any two would have to be put in order first.
    const std::string bound = make(type.subtype, -1, row, attempt, random);
    return type.spelled + "(" + bound + ", " + bound + ", '[]')";
  }
  return quoted(literal(type, modifier, row, attempt, random)) + "::" + spelled(oid, modifier);
}

std::string ValueMaker::spelled(const std::string& oid, int modifier) const {
  const TypeFacts& type = types_.at(oid);
  // A cast to a limited text would cut it, where a column refuses.
  const bool sized = type.name == "bit" && modifier > 0;
  return type.spelled + (sized ? "(" + std::to_string(modifier) + ")" : "");
}

std::string ValueMaker::literal(const TypeFacts& type, int modifier, int row, int attempt,
                                std::mt19937_64& random) const {
  if (type.form == 'e')
    return type.labels.empty() ? "" : type.labels[(row + attempt) % type.labels.size()];
  if (type.form == 'm') return "{}";
  if (type.category == 'S' || type.name == "citext") {
    const std::string text = text_value(row, attempt, random);
    if (type.name == "char") return text.substr(0, 1);
    const bool limited = (type.name == "varchar" || type.name == "bpchar") && modifier > 4;
    // The row's number is at the end, where it tells short values apart too.
    const std::size_t room = limited ? static_cast<std::size_t>(modifier - 4) : text.size();
    return room < text.size() ? text.substr(text.size() - room) : text;
  }
  if (type.name == "date") return day(row, attempt);
  if (type.name == "timestamp" || type.name == "timestamptz") return day(row, attempt) + " 12:00";
  if (type.name == "numeric") {
    // The modifier packs precision and scale; a value below one fits any of them.
    const bool fraction = modifier > 4 && ((modifier - 4) >> 16) <= ((modifier - 4) & 0x7ff);
    return fraction ? "0" : std::to_string(row + 1);
  }
  if (type.name == "bit") {
    std::string bits(modifier > 0 ? static_cast<std::size_t>(modifier) : 1, '0');
    for (std::size_t i = 0; i < bits.size() && i < 4; ++i)
      bits[bits.size() - 1 - i] = (((row + 1) >> i) & 1) != 0 ? '1' : '0';
    return bits;
  }
  if (type.name == "bool") return (row + attempt) % 2 == 0 ? "t" : "f";
  if (type.category == 'N') return integer_value(row, attempt, random);
  const auto found = fixed_values().find(type.name);
  std::string text = found == fixed_values().end() ? "#" : found->second;
  for (std::size_t at = 0; (at = text.find('#', at)) != text.npos;)
    text.replace(at, 1, std::to_string(row + 1));
  return text;
}

}  // namespace schemac
