// The commands that judge files without a store: evaluate, explain, and those on rulebooks.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "fact_files/fact_files.h"

namespace CLI {
class App;
}

namespace gw {

class EvaluationCommands {
public:
    // Adds the commands to the program. The one that is named is put into `chosen`; `texts_folder` says where
    // the texts for people are.
    EvaluationCommands(CLI::App& program, std::function<int()>& chosen,
                       std::function<std::string()> texts_folder);

private:
    void add_evaluate(CLI::App& program);
    void add_explain(CLI::App& program);
    void add_rulebook(CLI::App& program);
    void add_file_options(CLI::App& command, fact_files::YearFiles& files, unsigned& threads);

    std::function<int()>& chosen_;
    std::function<std::string()> texts_folder_;
    fact_files::EvaluateOrder evaluate_;
    fact_files::ExplainOrder explain_;
    fact_files::ReplayOrder replay_;
    std::vector<std::string> rulebooks_;
};

}  // namespace gw
