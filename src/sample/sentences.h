// What people of the sample province say, decide, do and find, in Vietnamese.
#pragma once
#include <span>

#include "sample/province.h"
#include "visits/visits.h"

namespace gw::sample {

// A member's words, what the cell decided of them, the task it gave and what came of it.
struct Topic {
    const char* said;
    const char* decided;
    const char* task;
    const char* result;
    const char* exceeded_result;
};
std::span<const Topic> topics(Place place);

// What a working group advises, the change it expects, how the cell answers and what changed.
struct AdviceTopic {
    const char* advice;
    const char* expected_change;
    const char* decided;
    const char* task;
    const char* result;
    const char* effect;
};
std::span<const AdviceTopic> advice_topics();

struct FaultTopic {
    findings::Gravity gravity;
    const char* fault;
    const char* remedy;
    const char* how;
};
std::span<const FaultTopic> fault_topics();

struct Registration {
    const char* title;
    const char* result;
    const char* exceeded_result;
};
std::span<const Registration> member_registrations(Place place);
std::span<const Registration> unit_registrations(Place place);

std::span<const char* const> thematic_subjects(Place place);
std::span<const char* const> absence_reasons(Place place);
std::span<const char* const> cancel_reasons();
std::span<const char* const> strengths();
std::span<const char* const> limits();

}  // namespace gw::sample
