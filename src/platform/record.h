// Walks the fields of a described struct, so that JSON, SQL, CSV and OpenAPI
// are written once for every struct instead of once per struct.
#pragma once
#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/pfr/tuple_size.hpp>
#include <optional>
#include <type_traits>
#include <vector>

namespace gw {

template <class T>
concept Record = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

// Calls visit(name, field) for every field of `record`, in declaration order.
template <class R, class Visit>
requires Record<std::remove_const_t<R>>
void each_field(R& record, Visit&& visit) {
    using Plain = std::remove_const_t<R>;
    using Fields = boost::describe::describe_members<Plain, boost::describe::mod_public>;
    static_assert(boost::mp11::mp_size<Fields>::value == boost::pfr::tuple_size_v<Plain>,
                  "BOOST_DESCRIBE_STRUCT forgets a field of this struct");
    boost::mp11::mp_for_each<Fields>([&](auto field) { visit(field.name, record.*field.pointer); });
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

}  // namespace gw
