// The reference job: a made-up organisation of any size with a year of facts, the same on every machine. It
// draws whole numbers from counted streams, so a row's facts do not depend on how many rows came before. The
// tests put its rows into tables, bench/evaluation writes them into files; neither needs the other.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace gw::reference_job {

using Number = std::int64_t;

// A stream of random numbers named by seed, table and row.
class Stream {
public:
    Stream(std::uint64_t seed, std::uint64_t table, std::uint64_t row)
        : state_(mix(mix(seed * 0x100000001B3ULL + table) ^ (row * 0xD6E8FEB86659FD93ULL))) {}

    // 0 .. bound-1, each as likely.
    Number below(Number bound) {
        state_ += golden;
        const std::uint64_t high = shuffle(state_) >> 32;
        return static_cast<Number>((high * static_cast<std::uint64_t>(bound)) >> 32);
    }
    // -width .. width, the middle most likely.
    Number around(Number width) {
        const Number first = below(width + 1);
        const Number second = below(width + 1);
        return first + second - width;
    }
    // How many of `tries` succeed with `chance` in ten thousand.
    Number successes(Number tries, Number chance) {
        Number count = 0;
        for (Number i = 0; i < tries; ++i) count += below(10000) < chance;
        return count;
    }
    // Mostly 0, otherwise 1 to 3.
    Number discipline(Number chance_in_thousand) {
        if (below(1000) >= chance_in_thousand) return 0;
        const Number first = below(10);
        const Number second = below(10);
        return 1 + (first >= 6) + (second >= 8);
    }

private:
    static constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ULL;
    static std::uint64_t shuffle(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    static std::uint64_t mix(std::uint64_t z) { return shuffle(z + golden); }
    std::uint64_t state_;
};

struct Scale {
    std::string_view name;
    Number provinces, districts, grassroots, cells, members;
};
constexpr std::array scales{Scale{"micro", 1, 2, 5, 16, 120}, Scale{"commune", 1, 3, 40, 260, 4000},
                            Scale{"province", 1, 8, 700, 4000, 60000},
                            Scale{"nation", 63, 700, 52000, 250000, 5400000}};

constexpr std::array<std::string_view, 28> unit_columns{
    "meet_due",     "meet_held",    "them_due",  "them_held",  "qual_sum",   "qual_n",     "img_req",
    "img_prov",     "min_due",      "min_ok",    "adm_target", "adm_actual", "find_open",  "find_closed",
    "find_overdue", "res_issued",   "res_done",  "rep_due",    "rep_ontime", "insp_plan",  "insp_done",
    "complaints",   "compl_solved", "lead_disc", "self_score", "sup_score",  "prev_class", "months"};
constexpr std::array<std::string_view, 31> member_columns{
    "meet_due", "meet_att",   "meet_exc",    "task_asg",    "task_done",  "task_late",   "task_qsum",
    "dues_due", "dues_paid",  "study_due",   "study_done",  "self_score", "coll_score",  "vote_yes",
    "vote_all", "commit_reg", "commit_done", "home_fb",     "vol_hours",  "initiatives", "mentees",
    "rep_due",  "rep_ontime", "find_open",   "find_closed", "discipline", "exempt",      "probation",
    "breach",   "months",     "prev_class"};

using UnitYear = std::array<Number, unit_columns.size()>;
using MemberYear = std::array<Number, member_columns.size()>;

struct Member {
    Number id;
    Number cell;  // number of the unit; one in ten sits elsewhere than those before and after
    MemberYear year;
};

// Units are numbered level by level from 0, members from 0 too. Only the tree is kept in memory: a year of
// facts is made when it is asked for.
class Organisation {
public:
    Organisation(const Scale& scale, std::uint64_t seed) : seed_(seed) {
        make_tree(scale);
        make_quality();
        cell_sizes_ = spread(4, scale.cells, scale.members, scale.members / scale.cells >= 6 ? 3 : 1);
    }

    std::size_t unit_count() const { return parents.size(); }

    // The facts of a unit's year, in the order of unit_columns.
    UnitYear unit_year(std::size_t u) const {
        Stream r(seed_, 11, u);
        const Number q = quality_[u];
        const Number p = within(7600 + q * 26 / 10, 0, 9990);  // chance that something goes well
        const Number months = r.below(60) == 0 ? r.below(12) : 12;
        const Number held = r.successes(months, within(p + 500, 0, 9995));
        const Number thematic_due = months / 3;
        const Number thematic_held = r.successes(thematic_due, p);
        Number quality_sum = 0;
        for (Number i = 0; i < held; ++i) quality_sum += within(58 + q * 4 / 100 + r.around(12), 0, 100);
        const Number images_given = r.successes(held * 2, within(p - 600, 0, 10000));
        const Number minutes_good = r.successes(held, p);
        const Number target = r.below(4);
        const Number admitted =
            target > 0 ? r.successes(target + 1, within(p - 2400, 0, 10000)) : r.below(4) == 0;
        Number open = r.successes(3, within(3600 - q * 34 / 10, 60, 10000));
        Number closed = r.successes(6, within(p - 3000, 0, 10000));
        const Number overdue = open > 0 ? r.successes(open, within(4500 - q * 4, 100, 10000)) : 0;
        if (kinds[u] < 5) {
            open += r.successes(4, 1500);
            closed += r.below(8);
        }
        const Number issued = 4 + r.below(9);
        const Number issued_done = r.successes(issued, p);
        const Number reports = 12 + r.below(9);
        const Number reports_on_time = r.successes(reports, p);
        const Number inspections = 1 + r.below(5);
        const Number inspections_done = r.successes(inspections, p);
        const Number complaints = r.below(10) < 2 ? 1 + r.below(3) : 0;
        const Number solved = r.successes(complaints, p - 800);
        const Number discipline = r.discipline(within(14 - q / 90, 2, 14));
        const Number self = within(62 + q * 3 / 100 + r.around(9), 0, 100);
        const Number superior = within(52 + q * 45 / 1000 + r.around(11), 0, 100);
        const Number t = q + r.around(160);
        const Number previous = months < 12 ? 0 : t > 800 ? 4 : t > 480 ? 3 : t > 270 ? 2 : 1;
        return {
            months,       held,   thematic_due, thematic_held, quality_sum,     held,        held * 2,
            images_given, held,   minutes_good, target,        admitted,        open,        closed,
            overdue,      issued, issued_done,  reports,       reports_on_time, inspections, inspections_done,
            complaints,   solved, discipline,   self,          superior,        previous,    months};
    }

    // Calls take(const Member&) for every member in order of number.
    template <class Take>
    void each_member(Take&& take) const {
        Number id = 0;
        for (std::size_t home = 0; home < cell_sizes_.size(); ++home)
            for (Number i = 0; i < cell_sizes_[home]; ++i) take(member(id++, home));
    }

    std::vector<Number> parents;  // -1 for the root
    std::vector<std::int32_t>
        kinds;  // 0 nation, 1 province, 2 district, 3 grassroots, 4 part committee, 5 cell

private:
    static Number within(Number x, Number low, Number high) { return std::clamp(x, low, high); }

    // Gives `total` children to `parents` parents: `least` each, the rest by random weight.
    std::vector<Number> spread(std::uint64_t table, Number parent_count, Number total, Number least) const {
        std::vector<Number> until(static_cast<std::size_t>(parent_count) + 1, 0);
        for (std::size_t p = 0; p + 1 < until.size(); ++p) {
            Stream stream(seed_, table, p);
            Number weight = 25 + stream.below(150);
            if (stream.below(12) == 0) weight += 300;
            until[p + 1] = until[p] + weight;
        }
        std::vector<Number> counts(static_cast<std::size_t>(parent_count), least);
        const Number rest = total - parent_count * least;
        Number before = 0;
        for (std::size_t p = 0; p < counts.size(); ++p) {
            const Number here = rest * until[p + 1] / until.back();
            counts[p] += here - before;
            before = here;
        }
        return counts;
    }

    Number add_unit(Number parent, std::int32_t kind) {
        parents.push_back(parent);
        kinds.push_back(kind);
        return static_cast<Number>(parents.size()) - 1;
    }

    std::vector<Number> add_level(std::uint64_t table, const std::vector<Number>& above, Number total,
                                  std::int32_t kind) {
        std::vector<Number> made;
        const std::vector<Number> counts = spread(table, static_cast<Number>(above.size()), total, 1);
        for (std::size_t p = 0; p < above.size(); ++p)
            for (Number i = 0; i < counts[p]; ++i) made.push_back(add_unit(above[p], kind));
        return made;
    }

    void make_tree(const Scale& scale) {
        std::vector<Number> provinces;
        if (scale.provinces == 1) {
            provinces.push_back(add_unit(-1, 1));
        } else {
            const Number nation = add_unit(-1, 0);
            for (Number i = 0; i < scale.provinces; ++i) provinces.push_back(add_unit(nation, 1));
        }
        const std::vector<Number> districts = add_level(1, provinces, scale.districts, 2);
        const std::vector<Number> grassroots = add_level(2, districts, scale.grassroots, 3);
        // Twelve cells and more stand below part committees.
        const std::vector<Number> cells = spread(3, scale.grassroots, scale.cells, 1);
        std::vector<Number> first_part(cells.size(), -1);
        std::vector<Number> parts(cells.size(), 0);
        for (std::size_t g = 0; g < cells.size(); ++g) {
            if (cells[g] < 12) continue;
            parts[g] = 2 + cells[g] / 9;
            first_part[g] = static_cast<Number>(parents.size());
            for (Number i = 0; i < parts[g]; ++i) add_unit(grassroots[g], 4);
        }
        for (std::size_t g = 0; g < cells.size(); ++g)
            for (Number i = 0; i < cells[g]; ++i)
                cells_.push_back(
                    add_unit(parts[g] > 0 ? first_part[g] + i * parts[g] / cells[g] : grassroots[g], 5));
    }

    void make_quality() {
        for (std::size_t u = 0; u < unit_count(); ++u) {
            Stream stream(seed_, 10, u);
            quality_.push_back(parents[u] < 0
                                   ? 660
                                   : within((3 * quality_[static_cast<std::size_t>(parents[u])] + 660) / 4 +
                                                stream.around(230),
                                            120, 985));
        }
    }

    // `home` is where the member stood before any transfer.
    Member member(Number id, std::size_t home) const {
        Stream r(seed_, 20, static_cast<std::uint64_t>(id));
        std::size_t c = home;
        if (r.below(10) == 0)
            c = static_cast<std::size_t>(
                r.below(static_cast<Number>(cells_.size())));  // transferred elsewhere
        const Number cell = cells_[c];
        const Number d = within(
            quality_[static_cast<std::size_t>(cell)] * 55 / 100 + 660 * 45 / 100 + r.around(420), 20, 1000);
        const Number p = within(8000 + d * 21 / 10, 0, 9992);
        Number months = 12;
        if (r.below(100) < 3) months = 1 + r.below(11);
        const Number exempt = r.below(100) < 7;
        const Number probation = r.below(100) < 4;
        const Number breach = r.below(4000) == 0;
        Number attended = 0;
        Number excused = 0;
        for (Number i = 0; i < months; ++i) {
            if (r.below(10000) < p) ++attended;
            else if (r.below(10) < 7) ++excused;
        }
        const Number tasks = 2 + r.below(9);
        const Number done = r.successes(tasks, within(p + 100, 0, 9990));
        const Number late = r.successes(done, within(2000 - d * 2 + 120, 40, 10000));
        Number task_quality = 0;
        for (Number i = 0; i < done; ++i) {
            Number x = r.around(2);
            if (r.below(1000) < d) ++x;
            task_quality += within(6 + d * 3 / 1000 + x, 0, 10);
        }
        Number paid = months;
        if (r.below(100) < 4) paid = r.successes(months, 8000);
        const Number study = 2 + r.below(5);
        const Number studied = r.successes(study, p);
        const Number collective = within(60 + d * 35 / 1000 + r.around(9), 0, 100);
        const Number self = within(collective + 4 + r.around(10), 0, 100);
        const Number votes = within(cell_sizes_[c], 3, 200);
        const Number yes = r.successes(votes, within(7000 + d * 29 / 10, 0, 9950));
        const Number commitments = r.below(12) == 0 ? 0 : 1 + r.below(5);
        const Number kept = r.successes(commitments, p);
        const Number home_feedback = within(58 + d * 32 / 1000 + r.around(14), 0, 100);
        Number hours = 0;
        if (r.below(3) != 0) {
            hours = r.below(40);
            hours += r.below(1 + d / 12);
        }
        const Number initiatives = r.successes(4, within(d * 3 - 400, 0, 10000));
        const Number mentees = r.successes(3, within(d * 2 - 600, 0, 10000));
        const Number reports = r.below(5);
        const Number reports_on_time = r.successes(reports, p);
        const Number open = r.successes(2, within(900 - d, 40, 10000));
        const Number closed = r.successes(3, 1500);
        const Number discipline = r.discipline(within(12 - d / 100, 1, 12));
        const Number t = d + r.around(200);
        const Number previous = exempt != 0 || months < 12 ? 0 : t > 820 ? 4 : t > 430 ? 3 : t > 200 ? 2 : 1;
        return {
            id,
            cell,
            {months, attended,      excused, tasks,       done,       late,    task_quality,    months,
             paid,   study,         studied, self,        collective, yes,     votes,           commitments,
             kept,   home_feedback, hours,   initiatives, mentees,    reports, reports_on_time, open,
             closed, discipline,    exempt,  probation,   breach,     months,  previous}};
    }

    std::uint64_t seed_;
    std::vector<Number> cells_;       // the unit of each cell
    std::vector<Number> cell_sizes_;  // members of each cell before transfers
    std::vector<Number> quality_;
};

}  // namespace gw::reference_job
