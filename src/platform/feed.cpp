#include "platform/files/files.h"
#include "platform/router.h"

namespace gw {

void give_feed(http::Response& response, Feed feed) {
    response.headers.push_back({"ETag", "\"" + sha256_of(feed.bytes).substr(0, 32) + "\""});
    response.headers.push_back({"Cache-Control", "private, max-age=" + std::to_string(feed.fresh_seconds)});
    response.content_type = std::move(feed.content_type);
    response.body = std::move(feed.bytes);
}

}  // namespace gw
