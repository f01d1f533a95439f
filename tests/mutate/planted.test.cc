#include "planted.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// The planted operators with no mutant on, and with one: the number is read once, so that takes another process.
namespace lutra::planted {
namespace {

int sum(int a, int b, int c) { return a - Swap<1, std::plus<>>{} - b * Swap<2, std::divides<>>{} * c; }
bool both(bool a, bool b) { return a && Dropped<3>{} | b; }
bool either(bool a, bool b) { return a || Dropped<4>{} & b; }
bool negated(bool a) { return At<5, Other>{}->*!a; }
int counted(int n) {
  At<6, Down>{}->*n;
  return n;
}
int given(int n) { return Given<7, Other>{} = n + 1; }
int added(int n, int m) {
  n += Given<8, Negated>{} = m;
  return n;
}
std::string joined(const std::string& a, const std::string& b) { return a + Swap<9, std::minus<>>{} + b; }
std::vector<int> list() { return Given<10, Other>{} = std::vector<int>{1, 2}; }
double real() { return At<11, Other>{}->*0.5; }

/// All of it, as one text.
std::string everything() {
  return std::to_string(sum(20, 2, 3)) + " " + std::to_string(both(true, false)) + std::to_string(both(false, true)) +
         " " + std::to_string(either(false, true)) + " " + std::to_string(negated(true)) + " " +
         std::to_string(counted(5)) + " " + std::to_string(given(5)) + " " + std::to_string(added(5, 2)) + " " +
         std::to_string(list().size()) + " " + std::to_string(real());
}

TEST(Planted, WithoutAMutantNothingChanges) {
  EXPECT_EQ(everything(), "14 00 1 0 6 6 7 2 0.500000");
  EXPECT_EQ(joined("a", "b"), "ab");
}

/// Runs everything() with the mutant on and compares in that process.
void expect_with(const char* mutant, const std::string& text) {
  EXPECT_EXIT(
      {
        setenv("LUTRA_MUTANT", mutant, 1);
        std::_Exit(everything() == text ? 0 : 1);
      },
      testing::ExitedWithCode(0), "")
      << mutant;
}

TEST(PlantedDeathTest, EachMutantChangesItsPlaceOnly) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  expect_with("1", "26 00 1 0 6 6 7 2 0.500000");
  expect_with("2", "20 00 1 0 6 6 7 2 0.500000");  // 20 - 2 / 3
  expect_with("3", "14 10 1 0 6 6 7 2 0.500000");
  expect_with("4", "14 00 0 0 6 6 7 2 0.500000");
  expect_with("5", "14 00 1 1 6 6 7 2 0.500000");
  expect_with("6", "14 00 1 0 4 6 7 2 0.500000");
  expect_with("7", "14 00 1 0 6 7 7 2 0.500000");
  expect_with("8", "14 00 1 0 6 6 3 2 0.500000");
  expect_with("10", "14 00 1 0 6 6 7 0 0.500000");
  expect_with("11", "14 00 1 0 6 6 7 2 1.000000");
  EXPECT_EXIT(
      {
        setenv("LUTRA_MUTANT", "9", 1);
        joined("a", "b");
        std::_Exit(0);
      },
      testing::ExitedWithCode(status_of_impossible), "");
}

}  // namespace
}  // namespace lutra::planted
