#include "papers/papers.h"

#include <algorithm>

#include "papers/papers_compose.h"
#include "papers/papers_facts.h"
#include "papers/papers_rules.h"
#include "papers/papers_store.h"
#include "platform/checks.h"
#include "platform/files/files.h"
#include "platform/json/json.h"

namespace gw::papers {

namespace {

// The call as the papers' language sees it.
Call spoken_call(const Call& call, const Setting& setting) {
    Call other = call;
    other.language = setting.language;
    return other;
}

meetings::Meeting get_held(const Call& call, MeetingId meeting_id) {
    const auto meeting = meetings::find_meeting(call.db, meeting_id);
    if (!meeting || !(call.actor.may("meetings.read", meeting->unit_id) ||
                      call.actor.may("meetings.record", meeting->unit_id)))
        refuse_unknown("meeting_id");
    if (meeting->state != meetings::State::held)
        throw Refusal(Reason::conflict, Problem{"meeting_id", "papers.not_held"});
    return *meeting;
}

bool is_among(const std::vector<Signer>& signers, MemberId member_id) {
    return member_id && std::any_of(signers.begin(), signers.end(),
                                    [&](const Signer& one) { return one.member_id == member_id; });
}

// One paper of a meeting with all that is known of it.
struct Standing {
    PaperOfMeeting which;
    Facts facts;
    std::string facts_sha256;
    std::optional<Paper> paper;
    std::optional<KeptVersion> kept;  // the last version
    PaperState state = PaperState::draft;
    std::int64_t next_version = 1;    // that approvals are for, when not frozen
    std::vector<Approval> approvals;  // of the draft as it stands; of the last version when frozen
};

// Reads a meeting once and answers for each of its papers.
class Desk {
public:
    Desk(const Call& call, MeetingId meeting_id, const Setting& setting)
        : call_(call),
          meeting_(get_held(call, meeting_id)),
          known_(facts_of(spoken_call(call, setting), meeting_, setting)),
          signers_(signers_of(meeting_.chair_id, meeting_.minute_taker_id, known_.facts.roll)) {}

    const meetings::Meeting& meeting() const { return meeting_; }
    const Facts& facts() const { return known_.facts; }
    const Signers& signers() const { return signers_; }
    std::vector<PaperOfMeeting> papers() const { return papers_of(known_); }

    bool may_see_drafts() const {
        return call_.actor.may("meetings.record", meeting_.unit_id) ||
               is_among(signers_.chairs, call_.actor.member_id) ||
               is_among(signers_.seconds, call_.actor.member_id);
    }
    bool may_see_kept(const Standing& standing) const {
        return standing.kept && (may_see_drafts() || meeting_.published_on);
    }

    Standing stand(const PaperOfMeeting& which) const {
        Standing standing{which, facts_for(known_, which), {}, {}, {}, PaperState::draft, 1, {}};
        standing.facts_sha256 = sha256_of_facts(standing.facts);
        standing.paper = find_paper(call_.db, meeting_.id, which.kind, which.resolution_id);
        if (!standing.paper) return standing;
        const std::int64_t version = standing.paper->version;
        standing.kept = find_version(call_.db, standing.paper->id, version);
        standing.next_version = version + 1;
        const bool is_outdated = standing.kept && standing.kept->meeting_version != meeting_.version &&
                                 standing.kept->facts_sha256 != standing.facts_sha256;
        if (standing.kept && !is_outdated) {
            standing.state = PaperState::frozen;
            standing.approvals = approvals_of(call_.db, standing.paper->id, version);
            return standing;
        }
        standing.approvals = approvals_of(call_.db, standing.paper->id, standing.next_version);
        std::erase_if(standing.approvals,
                      [&](const Approval& one) { return one.facts_sha256 != standing.facts_sha256; });
        standing.state = is_outdated                   ? PaperState::outdated
                         : !standing.approvals.empty() ? PaperState::approved_once
                                                       : PaperState::draft;
        return standing;
    }

    // In which capacity somebody may approve now; whoever may be both is the chair.
    std::optional<Capacity> capacity_of(const Standing& standing, MemberId member_id) const {
        if (standing.state == PaperState::frozen || !member_id) return std::nullopt;
        const auto is_there = [&](Capacity capacity) {
            return std::any_of(standing.approvals.begin(), standing.approvals.end(),
                               [&](const Approval& one) { return one.capacity == capacity; });
        };
        const bool was_here = std::any_of(standing.approvals.begin(), standing.approvals.end(),
                                          [&](const Approval& one) { return one.member_id == member_id; });
        if (was_here) return std::nullopt;
        if (is_among(signers_.chairs, member_id) && !is_there(Capacity::chair)) return Capacity::chair;
        if (is_among(signers_.seconds, member_id) && !is_there(Capacity::second)) return Capacity::second;
        return std::nullopt;
    }

    PaperLine line_of(const Standing& standing) const {
        PaperLine line;
        line.kind = standing.which.kind;
        if (standing.which.resolution_id) line.resolution_id = standing.which.resolution_id;
        if (standing.paper) {
            line.paper_id = standing.paper->id;
            line.number_text = standing.paper->number_text;
            line.version = standing.paper->version;
        }
        if (line.kind == Kind::resolution) {
            line.number_text = standing.facts.resolutions.front().number_text;
            line.subject = standing.facts.resolutions.front().title;
        } else line.subject = standing.facts.subject;
        line.state = standing.state;
        line.approvals = standing.approvals;
        if (!may_see_drafts()) return line;
        line.facts_sha256 = standing.facts_sha256;
        line.may_approve = capacity_of(standing, call_.actor.member_id).has_value();
        if (standing.state == PaperState::frozen) return line;
        const auto is_missing = [&](Capacity capacity) {
            return std::none_of(standing.approvals.begin(), standing.approvals.end(),
                                [&](const Approval& one) { return one.capacity == capacity; });
        };
        if (is_missing(Capacity::chair)) line.chairs = signers_.chairs;
        if (is_missing(Capacity::second)) line.seconds = signers_.seconds;
        return line;
    }

    // The paper a request names; refused when there is none or several.
    template <class Request>
    Standing find(const Request& request) const {
        std::vector<PaperOfMeeting> found = papers();
        std::erase_if(found, [&](const PaperOfMeeting& one) {
            return one.kind != request.kind ||
                   (request.resolution_id && one.resolution_id != *request.resolution_id);
        });
        if (found.empty()) refuse_unknown(request.resolution_id ? "resolution_id" : "kind");
        if (found.size() > 1)
            throw Refusal(Reason::invalid, Problem{"resolution_id", "papers.which_resolution"});
        return stand(found.front());
    }

private:
    const Call& call_;
    meetings::Meeting meeting_;
    MeetingFacts known_;
    Signers signers_;
};

Document kept_document(const KeptVersion& kept) {
    Document document;
    boost::json::value value;
    Problems problems;
    if (json::parse(kept.document, value, problems)) read_json(value, document, problems);
    if (!problems.empty() || sha256_of(kept.document) != kept.sha256)
        throw std::runtime_error("the paper " + to_text(kept.paper_id) + ", version " +
                                 std::to_string(kept.version) + ", is not what was kept");
    return document;
}

PaperPage page_of(const Call& call, const Desk& desk, const Standing& standing, const PaperKey& request,
                  const Setting& setting) {
    const bool may_see_draft = desk.may_see_drafts(), may_see_kept = desk.may_see_kept(standing);
    if (!may_see_draft && !may_see_kept) refuse_unknown("kind");
    const bool wants_draft = request.which ? *request.which == Which::draft : !standing.kept;
    if (wants_draft ? !may_see_draft : !may_see_kept) refuse_unknown("which");
    PaperPage page;
    page.unit_name = standing.facts.unit_name;
    page.meets_on = desk.meeting().meets_on;
    page.paper = desk.line_of(standing);
    page.may_see_draft = may_see_draft;
    if (may_see_kept) page.versions = versions_of(call.db, standing.paper->id);
    if (wants_draft) {
        page.is_draft = true;
        page.document =
            compose(standing.facts, page.paper.number_text, Words(setting.texts, setting.language));
        return page;
    }
    auto kept = standing.kept;
    if (request.version) kept = find_version(call.db, standing.paper->id, *request.version);
    if (!kept) refuse_unknown("version");
    page.version = kept->version;
    page.sha256 = kept->sha256;
    page.document = kept_document(*kept);
    return page;
}

// Gives the number a paper without one needs, composes it for good and keeps it.
void freeze_version(const Call& call, const Desk& desk, const Standing& standing, Paper paper,
                    const std::string& reason, const Setting& setting) {
    if (paper.kind == Kind::resolution) {
        paper.number_text = standing.facts.resolutions.front().number_text;
    } else if (paper.number_text.empty()) {
        paper.number_text = numbering::give(call, paper.unit_id, paper.kind, desk.meeting().meets_on,
                                            numbering::Letters(setting.texts, setting.language))
                                .text;
    }
    paper.version = standing.next_version;
    KeptVersion kept;
    kept.paper_id = paper.id;
    kept.version = paper.version;
    kept.meeting_version = desk.meeting().version;
    kept.facts_sha256 = standing.facts_sha256;
    kept.document =
        to_json(compose(standing.facts, paper.number_text, Words(setting.texts, setting.language)));
    kept.sha256 = sha256_of(kept.document);
    kept.reason = reason;
    kept.frozen_at = call.now;
    call.db.insert("paper_versions", kept);
    call.db.update("papers", paper);
    call.record("paper.frozen", paper.id, paper.unit_id,
                "{\"kind\":\"" + to_text(paper.kind) + "\",\"version\":" + std::to_string(paper.version) +
                    ",\"sha256\":\"" + kept.sha256 + "\"}");
}

void keep_approval(const Call& call, const Desk& desk, const Standing& standing, Approval approval,
                   const Setting& setting) {
    Paper paper = standing.paper.value_or(Paper{});
    if (!standing.paper) {
        paper.id = call.new_id<PaperId>();
        paper.unit_id = desk.meeting().unit_id;
        paper.meeting_id = desk.meeting().id;
        paper.kind = standing.which.kind;
        paper.resolution_id = standing.which.resolution_id;
        paper.created_at = call.now;
        call.db.insert("papers", paper);
    }
    approval.paper_id = paper.id;
    approval.version = standing.next_version;
    approval.facts_sha256 = standing.facts_sha256;
    approval.approved_at = call.now;
    forget_approvals(call.db, paper.id, approval.version, standing.facts_sha256);
    call.db.insert("paper_approvals", approval);
    call.record("paper.approved", paper.id, paper.unit_id, to_json(approval));
    std::string reason = approval.reason;
    for (const Approval& other : standing.approvals)
        if (reason.empty()) reason = other.reason;
    if (standing.approvals.size() == 1) freeze_version(call, desk, standing, paper, reason, setting);
    call.announce("papers", paper.unit_id);
}

}  // namespace

MeetingPapers list(const Call& call, const meetings::MeetingKey& request, const Setting& setting) {
    const Desk desk(call, request.meeting_id, setting);
    const meetings::Meeting& meeting = desk.meeting();
    MeetingPapers answer{meeting.id,
                         meeting.unit_id,
                         meeting.meets_on,
                         meeting.published_on,
                         date_of(day_number(meeting.meets_on) + days_to_publish),
                         days_late(meeting.meets_on, meeting.published_on, call.today),
                         {}};
    for (const PaperOfMeeting& which : desk.papers()) {
        const Standing standing = desk.stand(which);
        if (desk.may_see_drafts() || desk.may_see_kept(standing))
            answer.papers.push_back(desk.line_of(standing));
    }
    return answer;
}

PaperPage show(const Call& call, const PaperKey& request, const Setting& setting) {
    const Desk desk(call, request.meeting_id, setting);
    return page_of(call, desk, desk.find(request), request, setting);
}

PaperPage show_kept(const Call& call, const KeptPaperKey& request, const Setting& setting) {
    const auto paper = find_paper(call.db, request.paper_id);
    if (!paper) refuse_unknown("paper_id");
    PaperKey key{paper->meeting_id, paper->kind, std::nullopt, Which::kept, request.version};
    if (paper->resolution_id) key.resolution_id = paper->resolution_id;
    return show(call, key, setting);
}

PaperPage approve(const Call& call, const ApprovePaper& request, const Setting& setting) {
    const Desk desk(call, request.meeting_id, setting);
    const Standing standing = desk.find(request);
    if (!desk.may_see_drafts()) throw Refusal(Reason::forbidden, Problem{"", "papers.not_yours_to_approve"});
    const PaperKey key{request.meeting_id, request.kind, request.resolution_id, std::nullopt, std::nullopt};
    const bool was_sent_before =
        call.actor.member_id &&
        std::any_of(standing.approvals.begin(), standing.approvals.end(), [&](const Approval& one) {
            return one.member_id == call.actor.member_id && one.facts_sha256 == request.facts_sha256;
        });
    if (was_sent_before) return page_of(call, desk, standing, key, setting);
    if (standing.state == PaperState::frozen) throw Refusal(Reason::conflict, Problem{"", "papers.frozen"});
    const auto capacity = desk.capacity_of(standing, call.actor.member_id);
    if (!capacity) throw Refusal(Reason::forbidden, Problem{"", "papers.not_yours_to_approve"});
    if (request.facts_sha256 != standing.facts_sha256)
        throw Refusal(Reason::conflict, Problem{"facts_sha256", "papers.draft_changed"});
    const std::string reason = request.reason.value_or("");
    Problems problems;
    check_length(problems, "reason", reason);
    const bool is_first = standing.approvals.empty();
    if (standing.next_version > 1 && is_first && trimmed(reason).empty())
        problems.push_back({"reason", "papers.reason_needed"});
    refuse_if(problems);

    Approval approval;
    approval.capacity = *capacity;
    approval.member_id = call.actor.member_id;
    approval.account_id = call.actor.account_id;
    approval.full_name = call.actor.name;
    approval.reason = reason;
    keep_approval(call, desk, standing, approval, setting);
    return page_of(call, desk, desk.find(request), key, setting);
}

void freeze(const Call& call, MeetingId meeting_id, const Setting& setting) {
    const Desk desk(call, meeting_id, setting);
    for (const PaperOfMeeting& which : desk.papers())
        for (const Capacity capacity : {Capacity::chair, Capacity::second}) {
            const auto& signers =
                capacity == Capacity::chair ? desk.signers().chairs : desk.signers().seconds;
            const Standing standing = desk.stand(which);
            if (signers.empty() || standing.state == PaperState::frozen) continue;
            Approval approval;
            approval.capacity = capacity;
            approval.member_id = signers.front().member_id;
            approval.full_name = signers.front().full_name;
            keep_approval(call, desk, standing, approval, setting);
        }
}

}  // namespace gw::papers
