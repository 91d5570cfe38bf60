// Keeps the prepared statements of one connection by their SQL text; the longest unused leaves first.
#pragma once
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace gw {

template <class Statement>
class StatementCache {
public:
    explicit StatementCache(std::size_t capacity) : capacity_(capacity) {}

    Statement* find(std::string_view sql) {
        const auto found = by_sql_.find(sql);
        if (found == by_sql_.end()) return nullptr;
        statements_.splice(statements_.begin(), statements_, found->second);
        return &found->second->second;
    }

    // Calls `leave` with the statement that must make room, if any.
    template <class Leave>
    Statement& add(std::string_view sql, Statement statement, Leave&& leave) {
        if (statements_.size() >= capacity_) {
            leave(statements_.back().second);
            by_sql_.erase(statements_.back().first);
            statements_.pop_back();
        }
        statements_.emplace_front(std::string(sql), std::move(statement));
        by_sql_.emplace(statements_.front().first, statements_.begin());
        return statements_.front().second;
    }

    void clear() {
        by_sql_.clear();
        statements_.clear();
    }

private:
    using Entries = std::list<std::pair<std::string, Statement>>;
    std::size_t capacity_;
    Entries statements_;                                                       // the last used first
    std::unordered_map<std::string_view, typename Entries::iterator> by_sql_;  // keys live in `statements_`
};

}  // namespace gw
