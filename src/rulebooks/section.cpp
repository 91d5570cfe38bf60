#include "rulebooks/section.h"

#include <algorithm>

namespace gw::rulebooks {

const toml::node* Section::find(const std::string& key) {
    asked_.insert(key);
    const toml::node* node = table_.get(key);
    if (node != nullptr)
        out_.lines.emplace(path_.empty() ? key : path_ + "." + key, node->source().begin.line);
    return node;
}

void Section::say(const std::string& key, const std::string& message) {
    std::string path = path_;
    if (!key.empty()) path += (path.empty() ? "" : ".") + key;
    out_.mistakes.push_back({file_, line_of(out_.lines, path), path, message});
}

void Section::wrong_type(const std::string& key, const char* expected) {
    say(key, table_.contains(key) ? std::string("must be ") + expected
                                  : std::string("is missing; expected ") + expected);
}

std::string Section::text(const std::string& key) {
    const toml::node* node = find(key);
    if (node == nullptr || !node->is_string()) {
        wrong_type(key, "a text");
        return {};
    }
    return node->as_string()->get();
}

std::string Section::find_text(const std::string& key, const std::string& otherwise) {
    asked_.insert(key);
    return has(key) ? text(key) : otherwise;
}

std::int64_t Section::number(const std::string& key) {
    const toml::node* node = find(key);
    if (node == nullptr || !node->is_integer()) {
        wrong_type(key, "a whole number");
        return 0;
    }
    return node->as_integer()->get();
}

std::optional<std::int64_t> Section::find_number(const std::string& key) {
    asked_.insert(key);
    if (!has(key)) return std::nullopt;
    return number(key);
}

std::vector<std::string> Section::list_texts(const std::string& key) {
    std::vector<std::string> list;
    const toml::node* node = find(key);
    bool is_good = node != nullptr && node->is_array();
    for (std::size_t i = 0; is_good && i < node->as_array()->size(); ++i) {
        const auto* one = node->as_array()->get(i)->as_string();
        is_good = one != nullptr;
        if (is_good) list.push_back(one->get());
    }
    if (!is_good) wrong_type(key, "a list of texts");
    return list;
}

std::vector<std::int64_t> Section::list_numbers(const std::string& key) {
    std::vector<std::int64_t> list;
    const toml::node* node = find(key);
    bool is_good = node != nullptr && node->is_array();
    for (std::size_t i = 0; is_good && i < node->as_array()->size(); ++i) {
        const auto* one = node->as_array()->get(i)->as_integer();
        is_good = one != nullptr;
        if (is_good) list.push_back(one->get());
    }
    if (!is_good) wrong_type(key, "a list of whole numbers");
    return list;
}

std::vector<std::vector<std::int64_t>> Section::list_pairs(const std::string& key) {
    std::vector<std::vector<std::int64_t>> list;
    const toml::node* node = find(key);
    bool is_good = node != nullptr && node->is_array();
    for (std::size_t i = 0; is_good && i < node->as_array()->size(); ++i) {
        const auto* pair = node->as_array()->get(i)->as_array();
        is_good = pair != nullptr && pair->size() == 2 && pair->is_homogeneous<std::int64_t>();
        if (is_good) list.push_back({pair->get(0)->as_integer()->get(), pair->get(1)->as_integer()->get()});
    }
    if (!is_good) wrong_type(key, "a list of [x, points] pairs of whole numbers");
    return list;
}

std::map<std::string, std::string> Section::map_of_texts(const std::string& key) {
    std::map<std::string, std::string> map;
    const toml::node* node = find(key);
    if (node == nullptr || !node->is_table()) {
        wrong_type(key, "a table of texts");
        return map;
    }
    for (const auto& [name, value] : *node->as_table()) {
        if (value.is_string()) map.emplace(name.str(), value.as_string()->get());
        else say(key + "." + std::string(name.str()), "must be a text");
    }
    return map;
}

std::map<std::string, std::int64_t> Section::map_of_numbers(const std::string& key) {
    std::map<std::string, std::int64_t> map;
    const toml::node* node = find(key);
    if (node == nullptr || !node->is_table()) {
        wrong_type(key, "a table of whole numbers");
        return map;
    }
    for (const auto& [name, value] : *node->as_table()) {
        if (value.is_integer()) map.emplace(name.str(), value.as_integer()->get());
        else say(key + "." + std::string(name.str()), "must be a whole number");
    }
    return map;
}

evaluation::Text Section::words(const std::string& key) {
    evaluation::Text words;
    asked_.insert(key);
    if (!has(key)) return words;
    for (const auto& [language, text] : map_of_texts(key)) {
        if (language == "vi") words.vi = text;
        else if (language == "en") words.en = text;
        else if (language == "hi") words.hi = text;
        else say(key + "." + language, "is not one of the languages vi, en, hi");
    }
    return words;
}

evaluation::Origin Section::origin() { return {text("basis"), find_text("source")}; }

evaluation::Formula Section::formula(const std::string& key) {
    evaluation::Formula formula;
    formula.text = text(key);
    if (formula.text.empty()) return formula;
    evaluation::FormulaReading reading = evaluation::read_formula(formula.text);
    if (!reading.is_good()) {
        // Half a formula is none.
        say(key, reading.mistake + " (at character " + std::to_string(reading.position + 1) + ")");
        return {};
    }
    formula.expression = std::move(reading.expression);
    return formula;
}

evaluation::Formula Section::find_formula(const std::string& key) {
    asked_.insert(key);
    return has(key) ? formula(key) : evaluation::Formula{};
}

std::size_t Section::choice(const std::string& key, const std::vector<std::string>& allowed,
                            std::optional<std::size_t> otherwise) {
    asked_.insert(key);
    if (!has(key) && otherwise) return *otherwise;
    const std::string word = text(key);
    const auto found = std::find(allowed.begin(), allowed.end(), word);
    if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
    std::string list;
    for (const std::string& one : allowed) list += (list.empty() ? "" : ", ") + one;
    if (!word.empty()) say(key, "\"" + word + "\" is not one of: " + list);
    return 0;
}

void Section::each(const std::string& key, const std::string& naming,
                   const std::function<void(Section&)>& visit) {
    asked_.insert(key);
    if (!has(key)) return;
    const toml::array* array = find(key)->as_array();
    if (array == nullptr || (!array->empty() && !array->is_homogeneous<toml::table>())) {
        wrong_type(key, "a list of tables");
        return;
    }
    for (std::size_t i = 0; i < array->size(); ++i) {
        const toml::table& table = *array->get(i)->as_table();
        const std::string name = table[naming].value_or(std::to_string(i + 1));
        Section section(table, (path_.empty() ? "" : path_ + ".") + key + "." + name, file_, out_);
        visit(section);
        section.close();
    }
}

void Section::inside(const std::string& key, const std::function<void(Section&)>& visit) {
    asked_.insert(key);
    if (!has(key)) return;
    const toml::table* table = find(key)->as_table();
    if (table == nullptr) {
        wrong_type(key, "a table");
        return;
    }
    Section section(*table, (path_.empty() ? "" : path_ + ".") + key, file_, out_);
    visit(section);
    section.close();
}

void Section::close() {
    for (const auto& [key, value] : table_) {
        const std::string name(key.str());
        if (asked_.contains(name)) continue;
        const std::string path = path_.empty() ? name : path_ + "." + name;
        out_.mistakes.push_back({file_, value.source().begin.line, path, "is not a key known here"});
    }
}

}  // namespace gw::rulebooks
