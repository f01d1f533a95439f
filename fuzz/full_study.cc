#include "fuzz/as_file.h"
#include "fuzz/fuzz.h"
#include "study/study.h"

namespace {

/// The study of `lutra run`, every section of it.
void parse(std::string_view text) { lutra::read_study(as_file("study.toml", text)); }

}  // namespace

LUTRA_FUZZ(parse)
