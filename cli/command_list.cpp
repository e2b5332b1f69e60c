// The commands and their options, with what `help` says of each.

#include "cli/command_parser.h"
#include "cli/version.h"

namespace schemac {
namespace {

constexpr const char* kSourcesHelp = R"(
Sources: a folder or .schema file; a database's URL; @head, @REVISION, @head~2 (what the schema was
after that revision); git:REV:PATH; a recorded catalog (.json); empty.)";

constexpr const char* kTargetsHelp = R"(

Targets: an id, the beginning of one, or a name without its time; head, heads, base, current;
LABEL@head, LABEL@base; head~2, REV+1, REV-1; +2, -1, LABEL@+1 from what is applied; a:b.)";

std::string example(const std::string& text) {
  return "\nExample:\n" + text;
}

}  // namespace

Parser::Parser()
    : app_("Compiles a declared database schema into reviewed migrations.", "schemac") {
  add_settings();
  add_project_commands();
  add_source_commands();
  add_database_commands();
  add_ledger_commands();
  add_production_commands();
  add_help();
  app_.footer(
      "\nRun `schemac help COMMAND` for one of them.\n"
      "Exit codes: 0 done; 1 failed; 2 found something that a person must look at.");
}

void Parser::add_settings() {
  app_.add_option("--config", config_, "The settings, if not the schemac.toml here or above")
      ->type_name("FILE");
  add_flag_setting("--schema", "schema", "Folder of the .schema files", "PATH");
  add_flag_setting("--migrations", "migrations", "Folder of the revisions", "PATH");
  add_flag_setting("--shadow", "shadow", "Throwaway databases: auto, none or a server's URL",
                   "WHERE");
  add_flag_setting("--server-version", "server_version",
                   "Oldest PostgreSQL that the files must run on", "MAJOR");
  add_flag_setting("--lock-timeout", "lock_timeout", "How long a statement waits for a lock",
                   "TIME");
  add_flag_setting("--lock-wait", "lock_wait", "How long another run of schemac is waited for",
                   "TIME");
  add_flag_setting("--role", "role", "Role that statements of revisions run as", "NAME");
  add_flag_setting("--environment", "environment", "What the run is for, as `allow` names it",
                   "NAME");
  add_flag_setting("--format", "format",
                   "text, json, github, gitlab, sarif or junit; report: md or html", "FORMAT");
  add_flag_setting("--color", "color", "auto, always or never", "WHEN");
  app_.set_version_flag("--version", std::string(kTool));
  app_.set_help_flag("-h,--help", "This text");
}

void Parser::add_project_commands() {
  CLI::App* init =
      add("init", "Begin a project in the current folder",
          example("  schemac init                                    # a new database\n"
                  "  schemac init --from postgres://localhost/shop   # one that exists: its schema,"
                  "\n                                                  # and a baseline revision"),
          [this](const Session& session) { return run_init(session, options_.init); });
  init->add_option("--from", options_.init.from, "Database whose schema is pulled")
      ->type_name("URL");
  init->add_flag("--mark-applied", options_.init.mark_applied,
                 "Record the baseline as applied in that database");

  add_generate();
  add_merge();
  add_squash();

  CLI::App* fmt = add("fmt", "Write .schema files in the canonical form",
                      example("  schemac fmt\n  schemac fmt --check schema/customer.schema\n"
                              "  schemac fmt --prune    # once `was name` is applied"),
                      [this](const Session& session) { return run_fmt(session, options_.fmt); });
  fmt->add_option("PATHS", options_.fmt.paths, "Files and folders, if not the whole schema");
  CLI::Option* only_checks =
      fmt->add_flag("--check", options_.fmt.check, "Exit with 2 where a file is not in that form");
  fmt->add_flag("--prune", options_.fmt.prune,
                "Take out intents (`was`, `retain` …) that have nothing left to do, and no more")
      ->excludes(only_checks);

  CLI::App* check =
      add("check", "Fail on anything that nobody reviewed: the gate of CI",
          example("  schemac check\n"
                  "  schemac check --url postgres://localhost/shop   # and on drift\n") +
              "\nFails (2) on schema edits without a revision, revisions or sums edited after the "
              "fact,\nseveral heads, hazards that no one accepted, and drift of a given database.",
          [](const Session& session) { return run_check(session); });
  check->add_option("--url", url_, "A database to look for drift in")->type_name("URL");

  CLI::App* lint = add(
      "lint", "Look for hazards in SQL files, whoever wrote them",
      example("  schemac lint                                # the project's own revisions\n"
              "  schemac lint db/migrations                  # a folder of dbmate, goose, Flyway "
              "…\n"
              "  schemac lint db/migrations/0042_emails.sql  # one file, behind those before it\n"
              "  schemac lint --in-transaction app/*.sql") +
          "\nReads the files in the order in which they run, and knows from them what there is "
          "in the\ndatabase. Fails (2) on errors; `schemac explain CODE` says more of a finding.",
      [this](const Session& session) { return run_lint(session, options_.lint); });
  lint->add_option("PATHS", options_.lint.paths, "Files and folders of SQL")->type_name("PATH");
  lint->add_flag("--notes", options_.lint.notes, "Show notes as well as errors and warnings");
  lint->add_flag("--in-transaction", options_.lint.wrapped,
                 "The runner puts each file of no known layout into a transaction");

  CLI::App* verify = add(
      "verify", "Run revisions up, down and up again on a throwaway database",
      example("  schemac verify                     # the whole history, from an empty database\n"
              "  schemac verify @head               # the last revision\n"
              "  schemac verify @head~3:head        # the last three\n"
              "  schemac verify @head --record      # and write the evidence into it"),
      [this](const Session& session) { return run_verify(session, options_.verify); });
  verify->add_option("REVISIONS", options_.verify.revisions, "Revisions, if not the whole history")
      ->type_name("REVISION");
  verify->add_flag("--record", options_.verify.record, "Write the evidence into revision.json");

  add("rehash", "Write schemac.sum anew after revisions were edited and reviewed",
      example("  $EDITOR migrations/20250224120000_add_email/up.sql\n  schemac rehash"),
      [](const Session& session) { return run_rehash(session); });
}

void Parser::add_generate() {
  CLI::App* generate = add(
      "generate", "Write the revision that leads from the last one to the schema",
      example("  schemac generate \"add email to customer\"\n"
              "  schemac generate try --dry-run --shadow none\n"
              "  schemac generate \"remove what was kept\" --purge=90d\n"
              "  schemac generate \"no more fax\" --not-renamed customer.fax:customer.website\n"
              "  schemac generate \"begin billing\" --head base --label billing\n"
              "  schemac generate \"add invoices\" --head billing@head --depends-on @customers"),
      [this](const Session& session) { return run_generate(session, options_.generate); });
  generate->add_option("NAME", options_.generate.name, "What it does, in a few words")->required();
  generate->add_flag("--dry-run", options_.generate.dry_run,
                     "Print the files, prove and write nothing");
  generate->add_flag("--no-prove", options_.generate.no_prove,
                     "Write files that never ran, and mark them so");
  generate
      ->add_option_function<std::string>(
          "--purge", [this](const std::string& age) { options_.generate.purge = age; },
          "Drop what `retain` kept: all of it, or what is as old as AGE: 12h, 30d, 8w")
      ->type_name("AGE")
      ->expected(0, 1)
      ->default_str("0s");
  generate
      ->add_option("--not-renamed", options_.generate.not_renamed,
                   "What looks like a rename and is none; may be repeated")
      ->type_name("OLD:NEW")
      ->allow_extra_args(false);
  const auto add_list = [&](const std::string& flag, std::vector<std::string>& list,
                            const std::string& type, const std::string& doc) {
    generate->add_option(flag, list, doc)->type_name(type)->allow_extra_args(false);
  };
  BranchOptions& branch = options_.generate.branch;
  add_list("--head", branch.heads, "REVISION",
           "What it continues, if not the head; `base` for nothing");
  add_list("--label", branch.labels, "NAME",
           "Name of the line that it begins: `NAME@head` is the end of that");
  add_list("--depends-on", branch.depends_on, "REVISION",
           "A revision of another line that must be there before it");
}

void Parser::add_merge() {
  CLI::App* merge = add(
      "merge", "Join lines of revisions that were written beside each other",
      example("  git merge feature; schemac merge\n"
              "  schemac merge core@head billing@head --name \"one line again\"") +
          "\nWhere the lines change different things, both orders run on a throwaway database, "
          "and a\nrevision continues all of them. Where they change the same, each object is "
          "named with the\nrevisions, and what to write into the schema files (2). A schemac.sum "
          "with git's marks of\na conflict is put in order.",
      [this](const Session& session) { return run_merge(session, options_.merge); });
  merge->add_option("HEADS", options_.merge.heads, "Ends of lines, if not all of them")
      ->type_name("REVISION");
  merge->add_option("--name", options_.merge.name, "What it is called, in a few words")
      ->type_name("NAME");
  merge->add_flag("--dry-run", options_.merge.dry_run, "Print the files, prove and write nothing");
  merge->add_flag("--no-prove", options_.merge.no_prove,
                  "Write files that never ran, and mark them so");
}

void Parser::add_squash() {
  CLI::App* squash = add(
      "squash", "Put one revision in the place of several that lead from one to another",
      example("  schemac squash 20240105 20241220 --name \"all of 2024\"\n"
              "  schemac squash        # finish one that was cut short") +
          "\nThe folders of the others go. A database that has all of them has the new one; one "
          "that has\nnone runs it; one that has some must get the others first.",
      [this](const Session& session) { return run_squash(session, options_.squash); });
  squash->add_option("FROM", options_.squash.from, "The first of them")->type_name("REVISION");
  squash->add_option("TO", options_.squash.to, "The last of them")->type_name("REVISION");
  squash->add_option("--name", options_.squash.name, "What it is called, in a few words")
      ->type_name("NAME");
  squash->add_flag("--dry-run", options_.squash.dry_run,
                   "Print the files, prove, write and remove nothing");
  squash->add_flag("--no-prove", options_.squash.no_prove,
                   "Write files that never ran, and mark them so");
}

void Parser::add_source_commands() {
  CLI::App* diff =
      add("diff", "Print the plan between two sources",
          example("  schemac diff @head schema                       # what generate would write\n"
                  "  schemac diff postgres://localhost/shop @head --exit-code\n"
                  "  schemac diff git:main:schema schema --down") +
              "\n" + kSourcesHelp,
          [this](const Session& session) { return run_diff(session, options_.diff); });
  diff->add_option("FROM", options_.diff.from, "Source that it starts from")->required();
  diff->add_option("TO", options_.diff.to, "Source that it leads to")->required();
  diff->add_flag("--down", options_.diff.down, "Print the way back instead");
  diff->add_flag("--exit-code", options_.diff.exit_code, "Exit with 2 where they differ");

  add_report();

  CLI::App* pull =
      add("pull", "Write a live database as .schema files",
          example("  schemac pull postgres://localhost/shop\n"
                  "  schemac pull postgres://localhost/shop -o -          # on stdout\n"
                  "  schemac pull postgres://localhost/shop -o shop.json  # a recorded catalog"),
          [this](const Session& session) { return run_pull(session, options_.pull); });
  pull->add_option("URL", options_.pull.from, "The database; $DATABASE_URL where it is not given");
  pull->add_option("-o,--output", options_.pull.output,
                   "Folder, .json file or -; the project's schema where it is not given")
      ->type_name("PATH");
  pull->add_flag("--force", options_.pull.force,
                 "Replace and remove .schema files that say something else");
}

void Parser::add_report() {
  CLI::App* report = add(
      "report", "Show on one page what a reviewer of revisions wants to know",
      example("  schemac report                                     # the last one, as Markdown\n"
              "  schemac report --format html -o review.html\n"
              "  schemac report @head~3 @head -o release.html       # all that came after the "
              "first\n"
              "  schemac report billing@base:billing@head           # a line by its label") +
          "\n\nMarkdown fits a comment of a pull request. HTML is one file, with a picture of "
          "the tables.",
      [this](const Session& session) { return run_report(session, options_.report); });
  report
      ->add_option("REVISIONS", options_.report.names,
                   "A revision, if not the head; or FROM and TO: what leads from one to the other")
      ->expected(0, 2)
      ->type_name("REVISION");
  report
      ->add_option("-o,--output", options_.report.output,
                   "File; stdout where it is not given. HTML where its name ends in .html")
      ->type_name("FILE");
}

void Parser::add_run(CLI::App* command, std::string& events, bool& dry_run) {
  command->add_flag("--dry-run", dry_run, "Say what would run, and run nothing");
  command->add_option("--events", events, "File that gets what happens, as lines of JSON")
      ->type_name("FILE");
}

void Parser::add_database_commands() {
  CLI::App* apply =
      add("apply", "Run the revisions that a database lacks",
          example("  schemac apply --url postgres://localhost/shop\n"
                  "  schemac apply --wait 60s       # before a service starts, in its container\n"
                  "  schemac apply --to 20250224120000_add_email\n"
                  "  schemac apply --to +1             # the next one\n"
                  "  schemac apply --to billing@head   # a line by its label\n"
                  "  schemac apply --to heads          # all lines") +
              kTargetsHelp,
          [this](const Session& session) { return run_apply(session, options_.apply); });
  add_url(apply);
  apply->add_option("--to", options_.apply.to, "Last revision to run, if not the head")
      ->type_name("TARGET");
  apply
      ->add_option_function<std::string>(
          "--wait",
          [this](const std::string& text) {
            const auto wait = parse_seconds(text);
            if (!wait) throw CLI::ValidationError("--wait: expected a time such as 60s or 5min");
            options_.apply.wait = *wait;
          },
          "How long to wait until the database answers")
      ->type_name("TIME");
  add_run(apply, options_.apply.events, options_.apply.dry_run);

  CLI::App* rollback =
      add("rollback", "Take revisions back, the last one first",
          example("  schemac rollback                 # the last one\n"
                  "  schemac rollback --steps 3\n"
                  "  schemac rollback --to @head~3    # all that stands on that one\n"
                  "  schemac rollback --to -2          # two, if there is one way back\n"
                  "  schemac rollback --to base       # all") +
              kTargetsHelp,
          [this](const Session& session) { return run_rollback(session, options_.rollback); });
  add_url(rollback);
  CLI::Option* steps =
      rollback->add_option("--steps", options_.rollback.steps, "How many; 1 where not given");
  steps->check(CLI::PositiveNumber)->type_name("N");
  rollback->add_option("--to", options_.rollback.to, "Revision to keep; `base` for none")
      ->type_name("TARGET")
      ->excludes(steps);
  add_run(rollback, options_.rollback.events, options_.rollback.dry_run);

  CLI::App* status = add("status", "Show which revisions a database has",
                         example("  schemac status --url postgres://localhost/shop"),
                         [](const Session& session) { return run_status(session); });
  add_url(status);
}

void Parser::add_ledger_commands() {
  CLI::App* history =
      add("history", "Show every run that a database has seen",
          example("  schemac history --url postgres://localhost/shop\n"
                  "  schemac history --last 20 --format json"),
          [this](const Session& session) { return run_history(session, options_.history); });
  add_url(history);
  history->add_option("--last", options_.history.last, "How many; all where not given")
      ->check(CLI::PositiveNumber)
      ->type_name("N");

  CLI::App* resolve =
      add("resolve", "Record what a person knows of a revision, without running anything",
          example("  schemac resolve 20250224120000_add_email --applied --reason \"ran by hand\"\n"
                  "  schemac resolve @head --rolled-back --reason \"taken out again, INC-42\""),
          [this](const Session& session) { return run_resolve(session, options_.resolve); });
  add_url(resolve);
  resolve->add_option("REVISION", options_.resolve.revision, "The revision")->required();
  CLI::Option_group* state = resolve->add_option_group("state");
  state->add_flag("--applied", options_.resolve.applied, "The database has what it makes");
  state->add_flag_callback(
      "--rolled-back", [this] { options_.resolve.applied = false; },
      "The database has nothing of it");
  state->require_option(1);
  resolve->add_option("--reason", options_.resolve.reason, "Why; kept in the ledger")->required();

  CLI::App* baseline =
      add("baseline", "Record revisions as applied in a database that has what they make",
          example("  schemac baseline --url postgres://localhost/shop\n"
                  "  schemac baseline --to @head"),
          [this](const Session& session) { return run_baseline(session, options_.baseline); });
  add_url(baseline);
  baseline
      ->add_option("--to", options_.baseline.to,
                   "Last revision to record, if not the last baseline")
      ->type_name("REVISION");
}

void Parser::add_production_commands() {
  const auto add_jobs = [](CLI::App* command, int& jobs) {
    command->add_option("--jobs", jobs, "How many sessions work on it beside each other")
        ->check(CLI::PositiveNumber)
        ->type_name("N");
  };
  CLI::App* backup =
      add("backup", "Write all of a database into a folder, by pg_dump",
          example("  schemac backup --url postgres://localhost/shop\n"
                  "  schemac backup -o /var/backups/shop-monday --jobs 8\n"
                  "  schemac backup --sample      # and restore it into a throwaway database") +
              "\n\nThe folder appears once it is whole and pg_restore has read it; only its owner "
              "can look\ninto it. `schemac restore` and pg_restore bring it back.",
          [this](const Session& session) { return run_backup(session, options_.backup); });
  add_url(backup);
  backup
      ->add_option("-o,--output", options_.backup.output,
                   "New folder; one in `backups` where it is not given")
      ->type_name("FOLDER");
  backup->add_flag("--sample", options_.backup.sample, "Restore it into a throwaway database, too");
  add_jobs(backup, options_.backup.jobs);

  CLI::App* restore =
      add("restore", "Put what is in a backup in the place of a database",
          example("  schemac restore backups/shop-20250224T120000Z\n"
                  "  schemac restore backups/shop-20250224T120000Z --over shop   # no terminal\n"
                  "  schemac restore backups/shop-20250224T120000Z --url postgres://test/shop") +
              "\n\nIt is restored into a new database, which takes the name of the old one when it "
              "is whole;\nthe old one stays under another name. Over data it asks for the "
              "database's name.",
          [this](const Session& session) { return run_restore(session, options_.restore); });
  add_url(restore);
  restore->add_option("FOLDER", options_.restore.folder, "The backup")->required();
  restore
      ->add_option("--over", options_.restore.over,
                   "Name of the database that is replaced though it holds data")
      ->type_name("NAME");
  add_jobs(restore, options_.restore.jobs);
}

void Parser::add_help() {
  CLI::App* explain =
      add("explain", "Say what a hazard is, and the way out",
          example("  schemac explain DS103\n  schemac explain          # the list of all"),
          [this](const Session& session) { return run_explain(session, options_.explain); });
  explain->add_option("CODE", options_.explain.code, "The hazard, as findings name it");
  add("help", "Explain a command", example("  schemac help generate"), nullptr);
}

}  // namespace schemac
