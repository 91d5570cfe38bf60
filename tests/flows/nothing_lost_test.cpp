// Twenty-four months of random people: units meet, skip, cancel, send their records late and twice; items are
// decided, worked on, dropped, opened again and corrected; members join, leave and move with open tasks,
// groups are dissolved. After every step a model that knows nothing of the program says which items and tasks
// are open, and the agenda, the open list, the tasks and the ledgers must say the same.
//
// GROUNDWORK_RANDOM_CASES is a percentage; without it 100, four courses of events on each database.
#include <cstdlib>

#include "random_months.h"

namespace gw {
namespace {

using test::Course;

constexpr int months = 24, steps_of_a_month = 12;

// Plays up to `most` steps and stops at the first difference.
void play(Course& course, int most = months * steps_of_a_month) {
    for (int step = 0; step < most && course.complaints.empty(); ++step) {
        const int month = step / steps_of_a_month, within = step % steps_of_a_month;
        course.go_to(std::chrono::year(2024 + month / 12) /
                     std::chrono::month(static_cast<unsigned>(month % 12 + 1)) /
                     std::chrono::day(static_cast<unsigned>(2 + within * 2)));
        const std::string what = course.step();
        course.look();
        if (!course.complaints.empty()) course.complaints.push_back("after: " + what);
    }
}

std::string all_of(const std::vector<std::string>& complaints) {
    std::string text;
    for (const std::string& complaint : complaints) text += complaint + "\n";
    return text;
}

}  // namespace

TEST_CASE("over 24 months of random people no open item and no task is ever lost") {
    const char* wanted = std::getenv("GROUNDWORK_RANDOM_CASES");
    const std::uint32_t courses =
        std::max(1U, 4 * static_cast<std::uint32_t>(wanted ? std::atoi(wanted) : 100) / 100);
    std::size_t items = 0;
    for (std::uint32_t seed = 1; seed <= courses; ++seed) {
        test::for_each_store([&](Store& store) {
            Course course(store, seed * 7919);
            play(course);
            CHECK_MESSAGE(course.complaints.empty(), "course ", seed, ":\n", all_of(course.complaints));
            items += course.items.size();
        });
    }
    CHECK(items > 50 * courses);
}

TEST_CASE("the model of the 24 months notices an item, a task and an owner that went behind its back") {
    const auto complaints_after = [](const std::string& fault) {
        std::string text;
        test::for_each_store([&](Store& store) {
            Course course(store, 11);
            play(course, 60);
            REQUIRE(course.complaints.empty());
            course.world.write([&](const Call& call) { call.db.run(fault); });
            course.look();
            text = all_of(course.complaints);
            CHECK_FALSE(text.empty());
        });
        return text;
    };
    const std::string lost = complaints_after(
        "UPDATE resolution_items SET closed_as = 'dropped', task_count = 0 WHERE closed_as = 'open'");
    CHECK(lost.find("the next agenda lost") != std::string::npos);
    MESSAGE(lost.substr(0, lost.find('\n')));
    const std::string forgotten =
        complaints_after("UPDATE tasks SET state = 'done', done_on = due_on WHERE state = 'open'");
    CHECK(forgotten.find("the open tasks lost") != std::string::npos);
    const std::string stolen =
        complaints_after("UPDATE tasks SET owner_member_id = 1 WHERE owner_member_id IS NOT NULL");
    CHECK(stolen.find("the tasks without an owner has") != std::string::npos);
}

}  // namespace gw
