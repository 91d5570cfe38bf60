// Where an account's mail goes and of what kinds, and the link in each mail that ends it. Private to notices.
#pragma once
#include "notices/notices.h"
#include "platform/router.h"

namespace gw::notices {

struct StopKey {
    std::string secret;
};
BOOST_DESCRIBE_STRUCT(StopKey, (), (secret))

// What a mail program or the page below sends; what is in it does not matter.
struct StopMail {
    std::string secret;
    Upload body;
};
BOOST_DESCRIBE_STRUCT(StopMail, (), (secret, body))

// A page with one button, for mail programs that open the link. Looking at it stops nothing: programs look
// at links before people do. Refused: not_found for a secret that stands in no mail.
Feed show_stop(const Call& call, const StopKey& request, const Setting& setting);
// Ends all mail to the account of a mail. Refused as above.
Feed stop_mail(const Call& call, const StopMail& request, const Setting& setting);

}  // namespace gw::notices
