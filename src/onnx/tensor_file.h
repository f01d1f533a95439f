#pragma once
#include <onnx.pb.h>

#include "onnx/tensor.h"

namespace lutra::onnx {

/// The values of a tensor as stored in a file, whatever its element type and whether raw or typed. Error when its data
/// have another length than its dimensions say, lie in another file, or are of a type without numbers.
Tensor read_tensor(const onnx_file::Tensor& file);

/// Writes FLOAT, or INT64 for integer tensors.
void write_tensor(const Tensor& tensor, const std::string& name, onnx_file::Tensor* file);

}  // namespace lutra::onnx
