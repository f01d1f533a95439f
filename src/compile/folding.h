#pragma once
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "model/unroll.h"

namespace lutra {

/// Where and when an element of the network is found in a program: it is `value` in the clock `clock` after its event
/// arrived. Elements of one map that share a value share its hardware.
struct Element {
  int value = 0;
  int clock = 0;
};

/// The direction in which a map is taken apart.
enum class Axis { columns, rows };

int length_along(const Shape& shape, Axis axis);

/// `weight` times what `value` was `delay` clocks ago.
struct FoldedTerm {
  int value = 0;
  int delay = 0;
  std::int64_t weight = 0;
  bool padded = false;  // some node lacks this term: there the value must count as padding
};

/// Hardware for one or more nodes of a layer, in different clocks.
struct Slot {
  const Node* node = nullptr;  // one of them: bias, quantizer, table
  std::vector<FoldedTerm> terms;
};

struct Folding {
  std::vector<Slot> slots;
  std::vector<int> slot;   // [nodes]
  std::vector<int> clock;  // [nodes]
};

/// What a folding needs to know about the program so far.
struct FoldingContext {
  const std::vector<Element>& elements;              // of the unrolled network
  const std::map<int, std::vector<int>>& clocks_of;  // of every value: when it is an element
  const std::map<int, std::int64_t>& constants;      // values that never change
  int interval = 1;                                  // clocks between events
};

/// Positions of a layer (along columns or rows) that differ only in when their inputs arrive are computed one after the
/// other by the same hardware. Returns the way with the fewest slots; with all inputs in the same clock that is one
/// slot per node.
Folding fold(std::span<const Node> nodes, const Shape& shape, const FoldingContext& context);

}  // namespace lutra
