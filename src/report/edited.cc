#include "report/edited.h"

#include "report/fields.h"

namespace lutra {

std::string edited_sentence(const Json& result, const std::string& where) {
  if (!result.contains("edited")) return "";
  std::string files;
  for (const Json& edit : list_at(result, "edited", where))
    files += (files.empty() ? "" : ", ") + json_get<std::string>(edit, "file", where) + " " +
             json_get<std::string>(edit, "what", where);
  return files.empty() ? "" : " The firmware was edited after it was compiled: " + files + ".";
}

}  // namespace lutra
