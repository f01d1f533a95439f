#pragma once
#include <string>

#include "onnx/signal.h"

namespace lutra::onnx {

/// The position of the largest value, the first of equals. Scales must have a common unit; zero points may differ:
/// x_i + b_i > x_j + b_j for integers x depends on b only through floor(b) and the order of the remainders, so a bias
/// of floor(b) plus the remainder's rank in few fractional bits decides every comparison the same way. Error when
/// scales have no common unit.
Signal add_argmax(Builder& builder, const Signal& signal, const std::string& name);

}  // namespace lutra::onnx
