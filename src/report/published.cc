#include "report/published.h"

#include "report/embedded.h"

namespace lutra {

const Json& published() {
  static const Json table = Json::parse(embedded_file("published.json"));
  return table;
}

const Json& device() {
  static const Json table = Json::parse(embedded_file("xcvu13p.json"));
  return table;
}

}  // namespace lutra
