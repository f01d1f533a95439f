#include "train/checkpoint.h"

#include "fuzz/as_file.h"
#include "fuzz/fuzz.h"

namespace {

/// What is read can be written and read again.
void parse(std::string_view text) {
  const auto path = as_artifact("checkpoint.json", lutra::checkpoint_kind, text);
  const auto state = lutra::read_checkpoint(path, "f");
  if (!state) return;
  lutra::write_checkpoint(path, *state, "f");
  lutra::read_checkpoint(path, "f");
}

}  // namespace

LUTRA_FUZZ(parse)
