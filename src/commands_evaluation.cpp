#include "commands_evaluation.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "platform/texts/texts.h"
#include "rulebooks/rulebooks.h"

namespace gw {

namespace {

constexpr const char* about_files =
    "The three files are CSV with the names of the columns in the first line, in any order, separated by "
    "commas,\n"
    "semicolons or tabs; all values are whole numbers, and an empty fact is one that is not known:\n"
    "  --units         unit_id, parent_id (-1 or empty at the top), kind (its number in the rulebook)\n"
    "  --unit-facts    unit_id and every fact of units that the rulebook declares\n"
    "  --member-facts  member_id, cell_id (or unit_id) and every fact of members that the rulebook declares\n"
    "Exit codes: 0 done; 1 the machine failed, as with a full disk; 2 the rulebook, the files or the command "
    "line\n"
    "are refused, with every mistake by file, line and column.";

}  // namespace

EvaluationCommands::EvaluationCommands(CLI::App& program, std::function<int()>& chosen,
                                       std::function<std::string()> texts_folder)
    : chosen_(chosen), texts_folder_(std::move(texts_folder)) {
    add_evaluate(program);
    add_explain(program);
    add_rulebook(program);
}

void EvaluationCommands::add_file_options(CLI::App& command, fact_files::YearFiles& files,
                                          unsigned& threads) {
    command.add_option("--units", files.units, "CSV of the tree of units")->required();
    command.add_option("--unit-facts", files.unit_facts, "CSV of the facts of units")->required();
    command.add_option("--member-facts", files.member_facts, "CSV of the facts of members")->required();
    command.add_option("--threads", threads, "Threads to use; all of the machine when left out")
        ->check(CLI::Range(1, 1024));
}

void EvaluationCommands::add_evaluate(CLI::App& program) {
    CLI::App* command = program.add_subcommand(
        "evaluate",
        "Judge a year given as CSV files by a rulebook, without a store, and write the results as CSV");
    command->footer(
        std::string(about_files) +
        "\n\nWrites member_result.csv, unit_result.csv, rollup.csv and weak_list.csv into the folder of\n"
        "--out; they appear when all four are complete. Class 0 means not classified.");
    command->add_option("--rulebook", evaluate_.rulebook, "TOML file of the rulebook")->required();
    add_file_options(*command, evaluate_.files, evaluate_.threads);
    CLI::Option* folder =
        command->add_option("--out", evaluate_.folder, "Folder for the four files of results");
    CLI::Option* checksum =
        command->add_flag("--checksum", evaluate_.has_checksum,
                          "Print rows and checksum of the four results as one line of JSON");
    CLI::Option* timings = command->add_flag(
        "--timings", evaluate_.has_timings,
        "Print seconds of reading, the median of computing, and the peak of memory in MB as JSON");
    command->add_option("--repeat", evaluate_.repeat, "With --timings: compute so often after a first time")
        ->check(CLI::Range(1, 100000))
        ->needs(timings);
    CLI::Option* changes = command->add_option("--changes", evaluate_.changes,
                                               "Then change so many single facts, and print how long classes "
                                               "took to follow and whether they are right");
    command->callback([this, folder, checksum, timings, changes] {
        if (folder->count() + checksum->count() + timings->count() + changes->count() == 0)
            throw CLI::RequiredError("--out, --checksum, --timings or --changes");
        chosen_ = [this] { return fact_files::evaluate(evaluate_, std::cout, std::cerr); };
    });
}

void EvaluationCommands::add_explain(CLI::App& program) {
    CLI::App* command = program.add_subcommand(
        "explain", "Say why a member or a unit comes out as it does, from the same files as evaluate");
    command->footer(about_files);
    command->add_option("--rulebook", explain_.rulebook, "TOML file of the rulebook")->required();
    add_file_options(*command, explain_.files, explain_.threads);
    CLI::Option_group* who = command->add_option_group("Who", "Exactly one of");
    who->add_option("--member", explain_.member, "Id of the member");
    who->add_option("--unit", explain_.unit, "Id of the unit");
    who->require_option(1);
    command->add_option("--language", explain_.language, "vi, en or hi")
        ->check(CLI::IsMember({"vi", "en", "hi"}))
        ->capture_default_str();
    command->add_flag("--json", explain_.is_json,
                      "As one line of JSON, points in the smallest unit of the rulebook");
    command->callback([this] {
        chosen_ = [this] {
            return fact_files::explain(explain_, Texts(texts_folder_()), std::cout, std::cerr);
        };
    });
}

void EvaluationCommands::add_rulebook(CLI::App& program) {
    CLI::App* rulebook =
        program.add_subcommand("rulebook", "Check, test and compare rulebooks")->require_subcommand(1);
    CLI::App* check =
        rulebook->add_subcommand("check", "Print every mistake in rulebook files, worked cases included");
    check->add_option("files", rulebooks_, "TOML files")->required();
    check->footer("Exit codes: 0 all are good; 2 some are not.");
    check->callback([this] { chosen_ = [this] { return rulebooks::check(rulebooks_, std::cout); }; });

    CLI::App* test =
        rulebook->add_subcommand("test", "Run the worked cases of rulebook files and print each");
    test->add_option("files", rulebooks_, "TOML files")->required();
    test->footer("Exit codes: 0 all come out as they should; 1 some do not; 2 a file is no rulebook.");
    test->callback([this] { chosen_ = [this] { return rulebooks::test(rulebooks_, std::cout); }; });

    CLI::App* replay = rulebook->add_subcommand(
        "replay", "Say who changes class, and why, when another rulebook judges the same facts");
    replay->footer(about_files);
    replay->add_option("old", replay_.old_rulebook, "TOML file of the rulebook as it is")->required();
    replay->add_option("new", replay_.new_rulebook, "TOML file of the rulebook as it might be")->required();
    add_file_options(*replay, replay_.files, replay_.threads);
    replay->add_option("--limit", replay_.most_shown, "List so many members and units with their reasons")
        ->capture_default_str();
    replay->add_option("--language", replay_.language, "Of the names of classes: vi, en or hi")
        ->check(CLI::IsMember({"vi", "en", "hi"}))
        ->capture_default_str();
    replay->callback(
        [this] { chosen_ = [this] { return fact_files::replay(replay_, std::cout, std::cerr); }; });
}

}  // namespace gw
