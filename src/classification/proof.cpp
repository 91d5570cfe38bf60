#include "classification/proof.h"

#include "organisation/tree.h"

namespace gw::classification {

namespace {

using evaluation::Explanation;
using evaluation::Rulebook;
using SubjectId = Id<struct SubjectThing>;

// Turns an explanation of the engine into words, once per proof.
class Writer {
public:
    Writer(const Call& call, const KeptReview& kept) : call_(call), kept_(kept), rulebook_(kept.rulebook()) {}

    Proof write(const Explanation& e) const {
        Proof proof;
        proof.review = head_of(kept_, call_.language);
        const evaluation::Subject* subject = rulebook_.find_subject(e.subject);
        proof.judged_as = e.subject;
        if (subject) proof.judged_as_name = words(subject->text);
        proof.state = state_of(static_cast<std::int64_t>(e.state));
        proof.missing = facts(e.missing);
        proof.score_milli = points(e.score);
        proof.maximum_milli = points(e.maximum);
        proof.final_class = class_of(e.final_class);
        proof.pre_class = class_of(e.pre_class);
        proof.threshold_class = class_of(e.threshold_class);
        if (e.next_minimum) proof.next_minimum_milli = points(*e.next_minimum);
        for (const auto& one : e.criteria) proof.criteria.push_back(criterion(one, subject));
        for (const auto& one : e.deductions)
            proof.deductions.push_back({one.key, words(one.text), rule_origin(rulebook_, one.origin),
                                        facts(one.facts), one.formula, points(one.points)});
        for (const auto& one : e.gates) proof.gates.push_back(gate(one));
        for (const auto& one : e.not_met) proof.not_met.push_back(gate(one));
        for (const auto& one : e.children) proof.children.push_back(child(one));
        proof.aggregates = facts(e.aggregates);
        proof.weak_reasons = facts(e.weak_reasons);
        proof.is_weak = e.is_weak;
        for (const auto& one : e.changes)
            proof.changes.push_back({one.fact, words(one.text), one.unit, one.from, one.to,
                                     class_of(one.class_number), one.is_exact});
        return proof;
    }

    ProofCap cap(const evaluation::CapReason& reason, SubjectKind subject_kind) const {
        ProofCap cap;
        if (reason.group >= 0) {
            cap.group_unit_id = kept_.unit_at(reason.group);
            cap.group_name = name_of_unit(call_, *cap.group_unit_id);
        }
        cap.name = words(reason.text);
        cap.origin = rule_origin(rulebook_, reason.origin);
        cap.of_class = class_of(reason.class_number);
        cap.percent = reason.percent;
        cap.base = word_of(reason.base);
        cap.rounding = word_of(reason.rounding);
        cap.base_count = reason.base_count;
        cap.allowed = reason.allowed;
        cap.candidates = reason.candidates;
        cap.rank = reason.rank;
        cap.was_lowered = reason.was_lowered;
        cap.last_inside = neighbour(reason.last_inside, subject_kind);
        cap.first_outside = neighbour(reason.first_outside, subject_kind);
        cap.above = neighbour(reason.above, subject_kind);
        cap.below = neighbour(reason.below, subject_kind);
        return cap;
    }

private:
    const std::string& words(const evaluation::Text& text) const { return text.in(call_.language); }
    std::int64_t points(std::int64_t score) const { return milli(score, rulebook_); }
    NumberedClass class_of(std::int64_t number) const {
        return numbered_class(rulebook_, number, call_.language);
    }

    std::vector<ProofFact> facts(const std::vector<evaluation::FactReason>& reasons) const {
        std::vector<ProofFact> all;
        for (const auto& one : reasons)
            all.push_back({one.key, words(one.text), one.unit, one.value, one.is_given});
        return all;
    }

    ProofCriterion criterion(const evaluation::CriterionReason& reason,
                             const evaluation::Subject* subject) const {
        ProofCriterion one;
        one.key = reason.key;
        one.group = reason.group;
        if (subject)
            for (const auto& group : subject->groups)
                if (group.key == reason.group) one.group_name = words(group.text);
        one.name = words(reason.text);
        one.origin = rule_origin(rulebook_, reason.origin);
        one.applies = reason.applies;
        one.facts = facts(reason.facts);
        one.formula = reason.formula;
        one.formula_words = words(reason.formula_words);
        one.input = reason.input;
        one.input_scale = reason.input_scale;
        one.input_unit = reason.input_unit;
        if (reason.scoring == evaluation::Scoring::level)
            for (const auto& level : rulebook_.levels)
                if (level.number == reason.input) one.level_name = words(level.text);
        one.choice = words(reason.choice);
        one.points_milli = points(reason.points);
        one.maximum_milli = points(reason.maximum);
        return one;
    }

    ProofGate gate(const evaluation::GateReason& reason) const {
        // The same words in the same order, so that the answer need not know the engine's.
        const auto effect = static_cast<GateEffect>(reason.effect);
        return {effect,
                reason.key,
                words(reason.text),
                rule_origin(rulebook_, reason.origin),
                class_of(reason.class_number),
                facts(reason.facts),
                reason.formula,
                words(reason.formula_words)};
    }

    bool may_name_member(std::int64_t row) const {
        const auto position = kept_.facts().member_units[static_cast<std::size_t>(row)];
        return call_.actor.may("members.read", kept_.unit_at(position));
    }

    std::string name_of_member(std::int64_t id) const {
        const auto member = members::find_member(call_.db, MemberId{id});
        return member ? member->full_name : "";
    }

    std::optional<ProofNeighbour> neighbour(const std::optional<evaluation::Neighbour>& found,
                                            SubjectKind subject_kind) const {
        if (!found) return std::nullopt;
        ProofNeighbour one;
        one.rank = found->rank;
        one.score_milli = points(found->score);
        if (subject_kind == SubjectKind::unit) {
            if (!call_.actor.may("classification.read", UnitId{found->id})) return one;
            one.name = name_of_unit(call_, UnitId{found->id});
        } else {
            if (!may_name_member(found->row)) return one;
            one.name = name_of_member(found->id);
        }
        one.id = SubjectId{found->id};
        return one;
    }

    ProofChild child(const evaluation::ChildReason& reason) const {
        ProofChild one;
        one.subject_kind = reason.is_member ? SubjectKind::member : SubjectKind::unit;
        one.state = state_of(static_cast<std::int64_t>(reason.state));
        one.of_class = class_of(reason.class_number);
        one.score_milli = points(reason.score);
        if (!reason.is_member) one.name = name_of_unit(call_, UnitId{reason.id});
        else if (may_name_member(reason.row)) one.name = name_of_member(reason.id);
        else return one;
        one.id = SubjectId{reason.id};
        return one;
    }

    const Call& call_;
    const KeptReview& kept_;
    const Rulebook& rulebook_;
};

// Changes of the records that the class of this unit was made from.
LaterChanges later_changes(const Call& call, const KeptReview& kept, std::int32_t position) {
    const auto first = static_cast<std::size_t>(position);
    std::vector<UnitId> units, above;
    for (auto at = position; at < kept.facts().tree.end[first]; ++at) units.push_back(kept.unit_at(at));
    for (auto at = kept.facts().tree.parent[first]; at >= 0;
         at = kept.facts().tree.parent[static_cast<std::size_t>(at)])
        above.push_back(kept.unit_at(at));
    return changes_since(call.db, kept.review().audit_position, units, above);
}

}  // namespace

NumberedClass numbered_class(const Rulebook& rulebook, std::int64_t number, std::string_view language) {
    const evaluation::Named* found = rulebook.find_class(number);
    if (!found) return {number, "", ""};
    return {number, found->key, found->text.in(language)};
}

RuleOrigin rule_origin(const Rulebook& rulebook, const evaluation::Origin& origin) {
    const auto source = rulebook.sources.find(origin.source);
    return {origin.basis, source == rulebook.sources.end() ? "" : source->second};
}

ReviewHead head_of(const KeptReview& kept, std::string_view language) {
    const Review& review = kept.review();
    return {review.id,
            review.year,
            review.as_of,
            review.made_at,
            review.made_by_name,
            review.rulebook_id,
            review.edition,
            kept.rulebook().title.in(language),
            kept.rulebook().note.in(language),
            review.checksum,
            kept.is_kept()};
}

std::string name_of_unit(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : to_text(unit_id);
}

Proof prove_unit(const Call& call, const KeptReview& kept, std::int32_t position) {
    const Writer writer(call, kept);
    const Explanation e = kept.explainer().unit(position);
    Proof proof = writer.write(e);
    if (e.cap) proof.cap = writer.cap(*e.cap, SubjectKind::unit);
    proof.subject_kind = SubjectKind::unit;
    proof.unit_id = kept.unit_at(position);
    proof.subject_id = SubjectId{proof.unit_id.number};
    proof.name = proof.unit_name = name_of_unit(call, proof.unit_id);
    proof.changed_since = later_changes(call, kept, position);
    return proof;
}

Proof prove_member(const Call& call, const KeptReview& kept, std::size_t row, const std::string& full_name) {
    const Writer writer(call, kept);
    const Explanation e = kept.explainer().member(static_cast<std::int64_t>(row));
    Proof proof = writer.write(e);
    if (e.cap) proof.cap = writer.cap(*e.cap, SubjectKind::member);
    const std::int32_t position = kept.facts().member_units[row];
    proof.subject_kind = SubjectKind::member;
    proof.subject_id = SubjectId{kept.facts().members.ids[row]};
    proof.name = full_name;
    proof.unit_id = kept.unit_at(position);
    proof.unit_name = name_of_unit(call, proof.unit_id);
    proof.changed_since = later_changes(call, kept, position);
    return proof;
}

}  // namespace gw::classification
