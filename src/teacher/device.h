#pragma once
#include <string>

#include "train/compute.h"

namespace lutra {

/// "cpu", "cuda", or "auto": CUDA when the linked libtorch has it and a device is there. Error when CUDA is asked for
/// and cannot be had, or for any other text.
Device choose_device(const std::string& text);

}  // namespace lutra
