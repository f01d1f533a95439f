#include "report/label.h"

#include <cctype>
#include <map>
#include <sstream>

namespace lutra {

std::string label_of(const std::string& key) {
  static const std::map<std::string, std::string> spelled = {{"lut", "LUT"},   {"ff", "FF"},   {"dsp", "DSP"},
                                                             {"bram", "BRAM"}, {"pt", "pT"},   {"rtl", "RTL"},
                                                             {"gev", "[GeV]"}, {"ns", "[ns]"}, {"khz", "[kHz]"}};
  std::string label;
  std::istringstream words(key);
  for (std::string word; std::getline(words, word, '_');) {
    const auto found = spelled.find(word);
    if (found != spelled.end())
      word = found->second;
    else if (label.empty() && !word.empty())
      word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
    label += (label.empty() ? "" : " ") + word;
  }
  return label;
}

}  // namespace lutra
