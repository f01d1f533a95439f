#pragma once
#include <string>
#include <string_view>

namespace lutra {

/// Text as it may stand in an element or a quoted attribute of XML and HTML: & < > " ' as entities, so that artifacts
/// cannot inject markup.
std::string xml_text(std::string_view text);

}  // namespace lutra
