#include "event/seal.h"

#include "event/dataset_file.h"
#include "event/events_file.h"
#include "fuzz/as_file.h"
#include "fuzz/fuzz.h"

namespace {

/// The bytes as a sealed file, as they are: a seal that fits is one in 2^64.
void parse(std::string_view bytes) {
  const auto path = as_file("sealed.h5", bytes);
  if (const auto seal = lutra::read_seal(path)) lutra::check_seal(path, {seal->kind.c_str(), seal->version});
  lutra::check_seal(path, lutra::events_kind);
}

}  // namespace

LUTRA_FUZZ(parse)
