#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"

/// Keeps the measured numbers of the documents equal to the files of experiments: docs/numbers.md says how.
namespace lutra::docs {

/// JSON files by their short name in docs/numbers.txt.
using Sources = std::map<std::string, Json>;

/// The numbers of one document: sentences and table rows with {path:format} in place of each number, in the order in
/// which they stand there.
struct DocumentNumbers {
  std::string document;  // path from the root of the project
  std::vector<std::string> templates;
};

struct NumberList {
  Sources sources;
  std::vector<DocumentNumbers> documents;
};

/// Reads docs/numbers.txt and the JSON files that it names, below `root`. Error with the line when it is malformed.
NumberList read_number_list(const std::filesystem::path& root);

/// What a slot says, without its braces: `name/key/key=value/key:format`. `key=value` selects of a list the
/// elements where key is value. The format is [xFACTOR][.DECIMALS][±] for a mean with thousands separators, with ± also
/// the standard deviation when several values were selected; or `count`; or `lut`, of hardware objects the LUT of the
/// first that was synthesised, else the mean of the estimates. Error when nothing is selected or it is no number.
std::string number_text(const Sources& sources, const std::string& slot);

struct Difference {
  int line = 0;           // in the document, from 1
  std::string is;         // what stands there; empty when no place reads like the template
  std::string should_be;  // the number, or the template that has no place
};

/// `text` with every number of the templates as the sources have it, and what had to be changed. White space in text
/// and templates is alike whatever it is, so sentences may be wrapped anywhere.
struct Corrected {
  std::string text;
  std::vector<Difference> differences;
};
Corrected with_numbers(const std::string& text, const std::vector<std::string>& templates, const Sources& sources);

}  // namespace lutra::docs
