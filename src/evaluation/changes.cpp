// What would have changed the class: every fact is tried by itself, nearest values first.
#include <algorithm>

#include "evaluation/reasons.h"

namespace gw::evaluation {
namespace {

// A fact with at most this many values is tried completely; of a wider one the nearest values and then ever
// larger steps to the ends of its range.
constexpr std::int64_t widest_complete_search = 4096;
constexpr std::int64_t nearest_tried = 512;
constexpr std::size_t first_batch = 64;

class ChangeSearch {
public:
    ChangeSearch(const Plan& plan, const SubjectPlan& subject, const Binding& binding, std::size_t row,
                 std::int64_t final_class, const Rivals* rivals, const Ranking* ranking)
        : plan_(plan),
          subject_plan_(subject),
          environment_(plan.environment(plan.rulebook.subjects[subject.subject].domain)),
          binding_(binding),
          row_(row),
          final_class_(final_class),
          rivals_(rivals),
          ranking_(ranking),
          columns_(environment_.columns()) {
        // Everything as it is, whatever the row.
        for (const Program::Load& load : subject.scores.loads) {
            Source& source = columns_[static_cast<std::size_t>(load.column)];
            source.filler = binding.at(load.column, row);
            source.range = {source.filler, source.filler};
        }
    }

    std::vector<SingleChange> search() {
        // An exempt subject may lack facts. Made judgeable by a change it still could not be judged, unless
        // the one that it lacks becomes known.
        std::vector<std::size_t> lacking;
        for (const std::size_t place : subject_plan_.required)
            if (!binding_.is_given(place, row_)) lacking.push_back(place);
        if (lacking.size() > 1) return {};
        for (const std::size_t place : subject_plan_.used)
            if (lacking.empty() || lacking[0] == place) try_fact(place);
        if (lacking.empty()) try_aggregates();
        std::stable_sort(changes_.begin(), changes_.end(), [&](const SingleChange& a, const SingleChange& b) {
            const bool a_up = a.class_number > final_class_;
            const bool b_up = b.class_number > final_class_;
            if (a_up != b_up) return a_up;
            return distance(a.from, a.to) < distance(b.from, b.to);
        });
        return std::move(changes_);
    }

private:
    // A fact that is changed is known by that.
    void try_fact(std::size_t place) {
        const Fact& fact = plan_.rulebook.facts[environment_.facts[place]];
        Source& given = columns_[static_cast<std::size_t>(environment_.given(place))];
        const Source before = given;
        given.filler = 1;
        given.range = {1, 1};
        try_column(environment_.fact(place), fact.key, {fact.lowest, fact.highest});
        given = before;
    }

    void try_aggregates() {
        for (const Program::Load& load : subject_plan_.scores.loads) {
            const std::int64_t place = load.column - environment_.aggregate(0);
            if (place < 0) continue;
            const std::size_t of = environment_.aggregates[static_cast<std::size_t>(place)];
            try_column(load.column, plan_.rulebook.aggregates[of].key, plan_.aggregate_ranges[of]);
        }
    }

    static std::uint64_t distance(std::int64_t a, std::int64_t b) {
        return a < b ? static_cast<std::uint64_t>(b) - static_cast<std::uint64_t>(a)
                     : static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b);
    }

    // Other values of a column, nearest first.
    static std::vector<std::int64_t> values_to_try(std::int64_t now, const Range& range) {
        std::vector<std::int64_t> values;
        const bool is_complete = distance(range.lowest, range.highest) < widest_complete_search;
        const std::uint64_t reach = is_complete ? widest_complete_search : nearest_tried;
        const auto add = [&](std::uint64_t step) {
            if (distance(now, range.highest) >= step && now <= range.highest)
                values.push_back(now + static_cast<std::int64_t>(step));
            if (distance(range.lowest, now) >= step && now >= range.lowest)
                values.push_back(now - static_cast<std::int64_t>(step));
        };
        for (std::uint64_t step = 1; step <= reach; ++step) add(step);
        if (!is_complete)
            for (std::uint64_t step = reach * 2; step < (std::uint64_t{1} << 62); step *= 2) add(step);
        return values;
    }

    void try_column(std::int64_t column, const std::string& key, const Range& range) {
        const std::int64_t now = binding_.at(column, row_);
        const std::vector<std::int64_t> values = values_to_try(now, range);
        bool found_up = false;
        bool found_down = false;
        for (std::size_t from = 0; from < values.size() && !(found_up && found_down);) {
            const std::size_t count = std::min(values.size() - from, from == 0 ? first_batch : values.size());
            const std::vector<std::int64_t> tried(values.begin() + static_cast<std::ptrdiff_t>(from),
                                                  values.begin() + static_cast<std::ptrdiff_t>(from + count));
            const std::vector<std::int64_t> classes = classes_with(column, tried);
            for (std::size_t i = 0; i < count; ++i) {
                if (classes[i] == 0 || classes[i] == final_class_) continue;
                bool& found = classes[i] > final_class_ ? found_up : found_down;
                if (found) continue;
                found = true;
                FactReason fact = fact_at(plan_, environment_, binding_, key, row_);
                changes_.push_back({key, fact.text, fact.unit, now, tried[i], classes[i],
                                    distance(range.lowest, range.highest) < widest_complete_search ||
                                        distance(now, tried[i]) <= nearest_tried});
            }
            from += count;
        }
    }

    // The class of the row with each of these values in one column and everything else as it is.
    std::vector<std::int64_t> classes_with(std::int64_t column, const std::vector<std::int64_t>& values) {
        const std::size_t count = values.size();
        const auto place = static_cast<std::size_t>(column);
        const Source before = columns_[place];
        columns_[place] = {{values.data(), Width::i64}, nullptr, 0, before.range};
        std::vector<std::int64_t> scores(count), pre_classes(count);
        const Sink sinks[] = {
            {{scores.data(), Width::i64}, false}, {}, {{pre_classes.data(), Width::i64}, false}, {}};
        Runner(subject_plan_.scores, columns_).run({nullptr, 0, count}, sinks);
        columns_[place] = before;
        if (rivals_ == nullptr) return pre_classes;
        std::vector<std::int64_t> ties(subject_plan_.tie_columns.size());
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t k = 0; k < ties.size(); ++k) {
                const std::int64_t tie = subject_plan_.tie_columns[k];
                ties[k] = tie == environment_.own(Environment::score) ? scores[i]
                          : tie == column                             ? values[i]
                                                                      : binding_.at(tie, row_);
            }
            pre_classes[i] =
                rivals_->final_class(pre_classes[i], ranking_->key_of(static_cast<std::int32_t>(row_), ties));
        }
        return pre_classes;
    }

    const Plan& plan_;
    const SubjectPlan& subject_plan_;
    const Environment& environment_;
    const Binding& binding_;
    std::size_t row_;
    std::int64_t final_class_;
    const Rivals* rivals_;
    const Ranking* ranking_;
    std::vector<Source> columns_;
    std::vector<SingleChange> changes_;
};

}  // namespace

std::vector<SingleChange> find_changes(const Plan& plan, const SubjectPlan& subject, const Binding& binding,
                                       std::size_t row, std::int64_t final_class, const Rivals* rivals,
                                       const Ranking* ranking) {
    return ChangeSearch(plan, subject, binding, row, final_class, rivals, ranking).search();
}

}  // namespace gw::evaluation
