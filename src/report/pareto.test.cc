#include "report/pareto.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.h"

namespace lutra {
namespace {

std::vector<ParetoPoint> points(const std::vector<std::pair<int, int>>& cost_value) {
  std::vector<ParetoPoint> list;
  for (const auto& [cost, value] : cost_value)
    list.push_back({"p", "student", static_cast<double>(cost), false, static_cast<double>(value), false, nullptr});
  return list;
}

TEST(OnFront, HandMade) {
  EXPECT_EQ(on_front(points({{1, 1}, {2, 3}, {3, 2}, {4, 4}})), (std::vector<bool>{true, true, false, true}));
  EXPECT_EQ(on_front(points({{2, 3}, {2, 3}, {2, 2}, {1, 3}})), (std::vector<bool>{false, false, false, true}));
  EXPECT_TRUE(on_front({}).empty());
}

RC_GTEST_PROP(OnFront, IsTheDefinition, ()) {
  const auto raw = *rc::gen::container<std::vector<std::pair<int, int>>>(
      rc::gen::pair(rc::gen::inRange(1, 12), rc::gen::inRange(0, 12)));
  const std::vector<ParetoPoint> list = points(raw);
  const std::vector<bool> front = on_front(list);
  for (std::size_t i = 0; i < list.size(); ++i) {
    bool beaten = false;
    for (const ParetoPoint& p : list)
      beaten = beaten || (p.cost <= list[i].cost && p.value >= list[i].value &&
                          (p.cost < list[i].cost || p.value > list[i].value));
    RC_ASSERT(front[i] == !beaten);
  }
}

TEST(ParetoPoints, RefusesWhatCannotBeDrawn) {
  EXPECT_THROW(pareto_points(Json::object(), "p"), Error);
  EXPECT_THROW(pareto_points({{"points", {{{"name", "n"}, {"cost", 0}, {"plateau", 0.9}}}}}, "p"), Error);
  EXPECT_THROW(pareto_points({{"points", {{{"name", "n"}, {"cost", 3}}}}}, "p"), Error);
  EXPECT_EQ(pareto_points({{"points", {{{"name", "n"}, {"cost", 3}, {"plateau", 0.9}, {"chosen", true}}}}}, "p").size(),
            1u);
}

}  // namespace
}  // namespace lutra
