#pragma once
#pragma GCC optimize("O1")  // builds faster
#include <array>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <type_traits>
#include <utility>

/// What plant_mutants writes into a copy of src: every mutant is there at once, and LUTRA_MUTANT=<number> switches one
/// on.
///
///     a + b       a + Swap<7, std::minus<>>{} + b      same operator, so precedence stays
///     !ready      At<7, Other>{}->*!ready              ->* binds tighter than any other binary operator
///     return x    return Given<7, Other>{} = x         = binds last
///
/// A mutant that its types do not allow (a string minus a string) ends the program with status 99 when it is reached.
/// With LUTRA_REACHED=<file> the numbers of all mutants that were reached are appended to the file at the end.
namespace lutra::planted {

constexpr int status_of_impossible = 99;

struct State {
  int active = 0;
  std::array<std::atomic<bool>, 10000> reached{};

  State() {
    if (const char* number = std::getenv("LUTRA_MUTANT")) active = std::atoi(number);
  }
  ~State() {
    const char* path = std::getenv("LUTRA_REACHED");
    if (path == nullptr) return;
    std::ofstream out(path, std::ios::app);
    for (std::size_t id = 0; id < reached.size(); ++id)
      if (reached[id]) out << id << "\n";
  }
};

inline bool on(int id) {
  static State state;
  state.reached[static_cast<std::size_t>(id)].store(true, std::memory_order_relaxed);
  return state.active == id;
}

[[noreturn]] inline void impossible() { std::_Exit(status_of_impossible); }

/// Between the operands of a binary operator, which becomes To.
template <int id, class To>
struct Swap {};

template <class A, int id, class To>
struct Half {
  A&& left;
};

#define LUTRA_PLANTED(op)                                                                                  \
  template <class A, int id, class To>                                                                     \
  Half<A, id, To> operator op(A&& a, Swap<id, To>) {                                                       \
    return {std::forward<A>(a)};                                                                           \
  }                                                                                                        \
  template <class A, int id, class To, class B>                                                            \
  decltype(auto) operator op(Half<A, id, To> half, B&& b) {                                                \
    using Result = decltype(std::forward<A>(half.left) op std::forward<B>(b));                             \
    if (!on(id)) return static_cast<Result>(std::forward<A>(half.left) op std::forward<B>(b));             \
    if constexpr (requires { static_cast<Result>(To{}(std::forward<A>(half.left), std::forward<B>(b))); }) \
      return static_cast<Result>(To{}(std::forward<A>(half.left), std::forward<B>(b)));                    \
    else                                                                                                   \
      impossible();                                                                                        \
  }
LUTRA_PLANTED(+)
LUTRA_PLANTED(-)
LUTRA_PLANTED(*)
LUTRA_PLANTED(/)
LUTRA_PLANTED(%)
LUTRA_PLANTED(<)
LUTRA_PLANTED(<=)
LUTRA_PLANTED(>)
LUTRA_PLANTED(>=)
LUTRA_PLANTED(==)
LUTRA_PLANTED(!=)
#undef LUTRA_PLANTED

/// a && Dropped<7>{} | b and a || Dropped<7>{} & b: the right operand no longer matters.
template <int id>
struct Dropped {};

template <int id, class B>
bool operator|(Dropped<id>, const B& b) {
  return static_cast<bool>(b) || on(id);
}

template <int id, class B>
bool operator&(Dropped<id>, const B& b) {
  return static_cast<bool>(b) && !on(id);
}

/// Another value of the same type: true for false, the next integer, twice the number, an empty object.
struct Other {
  template <class T>
  static T of(const T& value) {
    if constexpr (std::is_same_v<T, bool>)
      return !value;
    else if constexpr (std::is_floating_point_v<T>)
      return value == 0 ? T{1} : 2 * value;
    else if constexpr (std::is_arithmetic_v<T>)
      return static_cast<T>(value + 1);
    else if constexpr (std::is_default_constructible_v<T>)
      return T{};
    else
      impossible();
  }
};

/// For a -= b in place of a += b, and x in place of -x.
struct Negated {
  template <class T>
  static T of(const T& value) {
    if constexpr (std::is_arithmetic_v<T>)
      return static_cast<T>(-value);
    else
      return Other::of(value);
  }
};

struct Down {};  // -- in place of ++

template <int id, class Change>
struct At {};

template <int id, class Change, class T>
std::remove_cvref_t<T> operator->*(At<id, Change>, T&& value) {
  return on(id) ? Change::of(value) : value;
}

template <int id, class T>
T& operator->*(At<id, Down>, T& value) {
  if (!on(id)) return ++value;
  if constexpr (requires { --value; })
    return --value;
  else
    impossible();
}

template <int id, class Change>
struct Given {
  /// Numbers come back by value, so that a changed one can; other objects as they came.
  template <class T>
  auto operator=(T&& value)
      -> std::conditional_t<std::is_arithmetic_v<std::remove_cvref_t<T>>, std::remove_cvref_t<T>, T> {
    using Plain = std::remove_cvref_t<T>;
    if constexpr (std::is_arithmetic_v<Plain>) {
      return on(id) ? Change::of(static_cast<Plain>(value)) : value;
    } else {
      if (!on(id)) return std::forward<T>(value);
      if constexpr (!std::is_default_constructible_v<Plain>) {
        impossible();
      } else if constexpr (std::is_lvalue_reference_v<T>) {
        static Plain empty{};
        return empty;
      } else {
        return Plain{};
      }
    }
  }
};

}  // namespace lutra::planted
