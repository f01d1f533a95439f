#include "teacher/teacher.h"

#include "fuzz/as_file.h"
#include "fuzz/fuzz.h"

namespace {

void parse(std::string_view text) { lutra::read_teacher(as_artifact("teacher.json", lutra::teacher_kind, text)); }

}  // namespace

LUTRA_FUZZ(parse)
