#include "proof/questions.h"

namespace schemac {

std::string run_block(pqxx::work& work, const std::string& declarations, const std::string& body) {
  const std::string block = "declare answer text := ''; " + declarations + " begin " + body +
                            " perform set_config('schemac.answer', answer, false); end";
  const pqxx::result result = work.exec("do language plpgsql " + work.quote(block) +
                                        "; select current_setting('schemac.answer')");
  return result[0][0].c_str();
}

std::string text_array(pqxx::work& work, const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + work.quote(text);
  return "array[" + list + "]::text[]";
}

std::vector<bool> ask_all(pqxx::work& work, const std::vector<Query>& queries) {
  std::vector<bool> yes;
  const auto ask = [&](std::size_t begin, std::size_t end) {
    std::vector<std::string> texts;
    std::string opens, enough;
    for (std::size_t i = begin; i < end; ++i) {
      const bool first = i == begin || queries[i].about != queries[i - 1].about;
      texts.push_back(queries[i].sql);
      opens += (i == begin ? "" : ", ") + std::string(first ? "true" : "false");
      enough += (i == begin ? "" : ", ") + std::to_string(queries[i].enough);
    }
    const std::string answer = run_block(
        work,
        "opens boolean[] := array[" + opens + "]; queries text[] := " + text_array(work, texts) +
            "; enough int[] := array[" + enough + "]; yes boolean; found int := 0;",
        "for i in 1 .. cardinality(queries) loop if opens[i] then found := 0; end if;"
        " yes := false; if found < enough[i]"
        " then begin execute queries[i] into yes; exception when others then yes := false;"
        " end; end if; if yes then found := found + 1; end if;"
        " answer := answer || case when yes then '1' else '0' end; end loop;");
    for (const char c : answer) yes.push_back(c == '1');
  };
  in_batches(
      queries.size(), [&](std::size_t i) { return queries[i].sql.size(); },
      [&](std::size_t i) { return queries[i].about == queries[i - 1].about; }, ask);
  return yes;
}

}  // namespace schemac
