#include "report/embedded.h"

#include "base/contract.h"

namespace lutra {
namespace {

struct EmbeddedFile {
  const char* name;
  const char* begin;
  const char* end;
};

}  // namespace

extern "C" const EmbeddedFile lutra_embedded_table[];  // embed.cmake writes it; ends with a null name

std::string_view embedded_file(std::string_view name) {
  for (const EmbeddedFile* file = lutra_embedded_table; file->name != nullptr; ++file)
    if (name == file->name) return {file->begin, file->end};
  expects(false, "the file is built into the program");
  return {};
}

}  // namespace lutra
