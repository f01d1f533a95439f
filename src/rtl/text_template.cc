#include "rtl/text_template.h"

namespace lutra {

std::string fill_template(const std::string& text, const std::vector<std::pair<std::string, std::string>>& values) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::pair<std::string, std::string>* best = nullptr;
    for (const auto& v : values)
      if (text[i] == '@' && text.compare(i + 1, v.first.size(), v.first) == 0 &&
          (best == nullptr || v.first.size() > best->first.size()))
        best = &v;
    result += best == nullptr ? text.substr(i, 1) : best->second;
    i += best == nullptr ? 1 : best->first.size() + 1;
  }
  return result;
}

}  // namespace lutra
