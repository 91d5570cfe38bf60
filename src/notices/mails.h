// The mail of a notice on its way: a job for each, tried again with growing pauses. Private to notices.
#pragma once
#include "notices/notices.h"

namespace gw::notices {

// Notes that a notice also goes out by mail, and adds the job that sends it.
void enqueue_mail(const Call& call, NoticeId notice_id);
// The job that mails the code which confirms an address.
void enqueue_code(const Call& call, AccountId account_id, const std::string& code);

}  // namespace gw::notices
