// The commands of the program and their options. Each builds what it needs and calls the same operation a
// route does.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "platform/config/config.h"
#include "platform/problem.h"

namespace CLI {
class App;
}

namespace gw {

class EvaluationCommands;

class Commands {
public:
    explicit Commands(CLI::App& program);
    ~Commands();
    // Runs the command that was named. Returns the exit code.
    int run();
    // A problem as a sentence, in the language of the shell's user.
    std::string sentence(const Problem& problem) const;

private:
    void add_setting_options(CLI::App& command);
    Config config() const;

    std::function<int()> chosen_;
    std::string config_file_;
    std::map<std::string, std::string> settings_;
    // What the options of the commands fill in.
    std::string file_, subject_, user_name_, full_name_, role_, unit_code_, expected_hash_, folder_;
    std::unique_ptr<EvaluationCommands> evaluation_;
};

}  // namespace gw
