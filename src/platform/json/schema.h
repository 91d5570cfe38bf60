// The JSON Schema of described structs, for the OpenAPI page and the TypeScript types made from it.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/json/json.h"

namespace gw {

// A value of the address: part of the path or of the query.
struct Parameter {
    std::string name;
    bool is_in_path = false;
    bool is_required = false;
    std::string schema;
};

// The name of a type without `gw::`, dots between the parts: "meetings.Meeting".
std::string schema_name(std::string_view pretty_function);

template <class T>
std::string schema_name_of() {
    return schema_name(__PRETTY_FUNCTION__);
}

// True when {name} is a part of the path.
bool is_path_value(std::string_view path, std::string_view name);

class SchemaWriter {
public:
    // Adds the schema of a struct and of what it holds, and returns a reference to it. Fields that are part
    // of `path` are left out: they are parameters of the route.
    template <class T>
    std::string add(std::string_view path);
    template <Record T>
    std::vector<Parameter> parameters(std::string_view path);

    const std::map<std::string, std::string>& schemas() const { return schemas_; }

private:
    template <class T>
    std::string schema_of();
    std::map<std::string, std::string> schemas_;
};

template <class T>
std::string SchemaWriter::schema_of() {
    if constexpr (is_optional<T>) {
        const std::string inner = schema_of<typename T::value_type>();
        return "{\"anyOf\":[" + inner + ",{\"type\":\"null\"}]}";
    } else if constexpr (is_list<T>)
        return "{\"type\":\"array\",\"items\":" + schema_of<typename T::value_type>() + "}";
    else if constexpr (std::same_as<T, JsonText>) return "{}";
    else if constexpr (std::same_as<T, Moment>)
        return R"({"type":"integer","format":"int64","description":"milliseconds since 1970-01-01 UTC"})";
    else if constexpr (std::same_as<T, Date>) return R"({"type":"string","format":"date"})";
    else if constexpr (DescribedEnum<T>) {
        std::string choices;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto choice) {
            choices += std::string(choices.empty() ? "\"" : ",\"") + choice.name + "\"";
        });
        return "{\"type\":\"string\",\"enum\":[" + choices + "]}";
    } else if constexpr (Textual<T>) return R"({"type":"string","pattern":"^[0-9A-HJKMNP-TV-Z]{13}$"})";
    else if constexpr (Record<T>) return add<T>({});
    else if constexpr (std::same_as<T, bool>) return R"({"type":"boolean"})";
    else if constexpr (std::is_integral_v<T>) return R"({"type":"integer"})";
    else if constexpr (std::is_floating_point_v<T>) return R"({"type":"number"})";
    else return R"({"type":"string"})";
}

template <class T>
std::string SchemaWriter::add(std::string_view path) {
    if constexpr (!Record<T>) {
        return schema_of<T>();
    } else {
        const std::string name = schema_name_of<T>();
        const std::string reference = "{\"$ref\":\"#/components/schemas/" + name + "\"}";
        if (schemas_.contains(name)) return reference;
        schemas_[name] = "{}";  // stands in while a struct that holds itself is written
        std::string properties, required;
        T record{};
        each_field(record, [&](const char* field_name, const auto& field) {
            using Field = std::remove_cvref_t<decltype(field)>;
            if constexpr (!std::same_as<Field, Upload>) {
                if (is_path_value(path, field_name)) return;
                properties += std::string(properties.empty() ? "" : ",") + "\"" + field_name +
                              "\":" + schema_of<Field>();
                const bool may_be_absent = (is_optional<Field> || is_list<Field>)&&!path.empty();
                if (!may_be_absent)
                    required += std::string(required.empty() ? "\"" : ",\"") + field_name + "\"";
            }
        });
        schemas_[name] = "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{" + properties +
                         "}" + (required.empty() ? "" : ",\"required\":[" + required + "]") + "}";
        return reference;
    }
}

template <Record T>
std::vector<Parameter> SchemaWriter::parameters(std::string_view path) {
    std::vector<Parameter> found;
    T record{};
    each_field(record, [&](const char* name, const auto& field) {
        using Field = std::remove_cvref_t<decltype(field)>;
        if constexpr (std::same_as<Field, Upload>) return;
        else if constexpr (is_optional<Field>)
            found.push_back({name, false, false, schema_of<typename Field::value_type>()});
        else found.push_back({name, is_path_value(path, name), !is_list<Field>, schema_of<Field>()});
    });
    return found;
}

}  // namespace gw
