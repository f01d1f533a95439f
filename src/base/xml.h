#pragma once
#include <string>
#include <string_view>

namespace lutra {

/// Text as it may stand in an XML element or a quoted attribute: & < > " ' as entities.
std::string xml_text(std::string_view text);

}  // namespace lutra
