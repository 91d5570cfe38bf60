// Turns a graph into the steps of a program.
#pragma once
#include <memory>
#include <vector>

#include "evaluation/program.h"

namespace gw::evaluation {

Program assemble(std::shared_ptr<const Graph> graph, std::vector<NodeId> roots);

}  // namespace gw::evaluation
