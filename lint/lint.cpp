#include "lint/lint.h"

#include "lint/context.h"

namespace schemac::lint {
namespace {

using Rule = bool (*)(Context&, const Message*);
constexpr Rule kRules[] = {judge_session, judge_table,  judge_index, judge_drop,
                           judge_rename,  judge_rows,   judge_type,  judge_routine,
                           judge_view,    judge_access, judge_other};

void judge_statement(Context& context, const Statement& statement) {
  const auto judge = [&](const sqltext::Tree& tree) {
    for (const Rule rule : kRules)
      if (rule(context, tree.root)) return;
  };
  const auto error = statement.ahead != nullptr
                         ? sqltext::with_tree(*statement.ahead, judge)
                         : sqltext::with_tree(statement.text, TextForm::statement, judge);
  if (const std::string name = too_long_name(context.text); !name.empty())
    context.report("PF111", name);
  if (error) context.result.unread.push_back({context.statement, error->message, error->offset});
}

}  // namespace

struct Linter::State {
  Options options;
  Known known;
  int migrations = 0;

  Judgement judge(const Part& part, Context& context) {
    context.result.effects.resize(part.statements.size());
    context.in_transaction = part.sending == Sending::wrapped;
    for (std::size_t i = 0; i < part.statements.size(); ++i) {
      context.statement = i;
      context.text = part.statements[i].text;
      context.newer = part.statements[i].newer;
      judge_statement(context, part.statements[i]);
      // What stands by itself holds its locks no longer than it runs.
      if (!context.in_transaction && part.sending == Sending::apart)
        context.transaction = Transaction();
    }
    context.end_of_part();
    return std::move(context.result);
  }
};

Statement::Statement(std::string_view text_) : text(text_), ahead(sqltext::parse_ahead(text_)) {
  const auto fails = [](const sqltext::Ahead& parsed) {
    return sqltext::with_tree(parsed, [](const sqltext::Tree&) {}).has_value();
  };
  if (ahead == nullptr || !fails(*ahead)) return;
  std::optional<OlderForm> older = older_form(text);
  if (!older) return;
  auto known = sqltext::parse_ahead(older->text);
  if (known == nullptr || fails(*known)) return;
  ahead = std::move(known);
  newer = older->newer;
  rewritten = std::make_shared<const std::string>(std::move(older->text));
  text = *rewritten;
}

int parser_version() {
  return schemac::parser_version();
}

Linter::Linter(const Options& options) : state_(new State{options, {}, 0}) {}
Linter::~Linter() = default;

Judgements Linter::judge(const Migration& migration) {
  const int number = ++state_->migrations;
  Judgements judgements;
  Context up(state_->known, state_->options, migration.up, Direction::up, number);
  judgements.up = state_->judge(migration.up, up);
  if (migration.judged && !migration.down.statements.empty()) {
    state_->known.begin_trying();
    Context down(state_->known, state_->options, migration.down, Direction::down, number);
    down.conditional = std::move(up.conditional);
    judgements.down = state_->judge(migration.down, down);
    state_->known.take_back();
  }
  return judgements;
}

}  // namespace schemac::lint
