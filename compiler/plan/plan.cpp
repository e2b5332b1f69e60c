#include "compiler/plan/plan.h"

namespace schemac {

std::string_view to_string(Lock lock) {
  switch (lock) {
    case Lock::none:
      return "no lock";
    case Lock::access_share:
      return "ACCESS SHARE";
    case Lock::row_share:
      return "ROW SHARE";
    case Lock::row_exclusive:
      return "ROW EXCLUSIVE";
    case Lock::share_update_exclusive:
      return "SHARE UPDATE EXCLUSIVE";
    case Lock::share:
      return "SHARE";
    case Lock::share_row_exclusive:
      return "SHARE ROW EXCLUSIVE";
    case Lock::exclusive:
      return "EXCLUSIVE";
    case Lock::access_exclusive:
      return "ACCESS EXCLUSIVE";
  }
  __builtin_unreachable();
}

std::string_view to_string(Verb verb) {
  switch (verb) {
    case Verb::create:
      return "create";
    case Verb::drop:
      return "drop";
    case Verb::alter:
      return "alter";
    case Verb::rename:
      return "rename";
  }
  __builtin_unreachable();
}

std::string statement_text(const Action& action, const Dialect& dialect) {
  std::string text = render(action.head, dialect);
  switch (action.style) {
    case Elements::none:
      break;
    case Elements::parens:
      text += " (";
      for (std::size_t i = 0; i < action.elements.size(); ++i)
        text += (i == 0 ? "\n    " : ",\n    ") + render(action.elements[i], dialect);
      text += action.elements.empty() ? ")" : "\n)";
      break;
    case Elements::appended:
      for (const Sql& element : action.elements) text += " " + render(element, dialect);
      break;
  }
  return text + render(action.tail, dialect);
}

}  // namespace schemac
