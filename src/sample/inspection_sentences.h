// What bodies look at when they inspect or supervise, what they find, and how it was mended, in Vietnamese.
#pragma once
#include <span>

#include "findings/findings.h"
#include "inspections/inspections.h"

namespace gw::sample {

// One fault, its rule, why it came about, what is to be done, what was done, and what the second look saw.
struct Fault {
    findings::Gravity gravity;
    const char* text;
    const char* rule;
    const char* cause;
    const char* remedy;
    const char* remedied;
    const char* effect;
};

// One subject of inspection, with the words of its papers. `verified` is empty when nothing was verified.
struct InspectionTopic {
    inspections::Kind kind;
    const char* theme;
    const char* content;
    const char* method;
    const char* outline;   // paper 3
    const char* report;    // paper 5
    const char* talk;      // paper 6
    const char* verified;  // paper 7
    const char* result;    // paper 8
    const char* notice;    // paper 10
    std::span<const Fault> faults;
};

// Of cells in villages and agencies, and of the committees above them.
std::span<const InspectionTopic> topics_of_cells();
std::span<const InspectionTopic> topics_of_committees();

}  // namespace gw::sample
