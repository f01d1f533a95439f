#pragma once

namespace lutra {

/// 128 bits, to notice that a result does not fit 64.
__extension__ typedef __int128 Wide;

}  // namespace lutra
