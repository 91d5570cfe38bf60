// The program: reads the command line and the settings, runs one command, maps what went wrong to an exit
// code. 0: done. 1: a fault of ours or of the machine, or a worked case that fails its test. 2: refused, with
// what to do about it.
#include <CLI/CLI.hpp>
#include <iostream>

#include "commands.h"
#include "platform/problem.h"

int main(int argc, char** argv) {
    CLI::App program{"Groundwork " GROUNDWORK_VERSION
                     ": strengthens the grassroots units of a membership organisation."};
    program.require_subcommand(1);
    program.set_version_flag("--version", GROUNDWORK_VERSION);
    gw::Commands commands(program);
    try {
        program.parse(argc, argv);
        return commands.run();
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : 2;
    } catch (const gw::Refusal& refusal) {
        for (const auto& problem : refusal.problems) {
            std::cerr << "refused: " << (problem.field.empty() ? "" : problem.field + ": ")
                      << commands.sentence(problem) << "\n";
        }
        return 2;
    } catch (const std::exception& error) {
        std::cerr << "groundwork: " << error.what() << "\n";
        return 1;
    }
}
