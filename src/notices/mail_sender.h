// Hands a mail to the SMTP server of the installation, through libcurl. Private to notices.
#pragma once
#include "notices/mail_message.h"
#include "notices/notices.h"

namespace gw::notices {

// sent: the server took it. later: it may go better another time. never: the server will not take it.
enum class Outcome { sent, later, never };

// Waits at most a minute. With a user name the connection is encrypted or not made.
Outcome send_mail(const MailSetting& setting, const MailMessage& message);

}  // namespace gw::notices
