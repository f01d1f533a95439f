// What the documents name exists: files, functions, settings, commands, flags, links. And their lines are short.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path root = LUTRA_SOURCE_DIR;

std::string text_of(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> matches(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> list;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), pattern); it != std::sregex_iterator(); ++it)
    list.push_back((*it)[1]);
  return list;
}

std::vector<fs::path> documents() {
  std::vector<fs::path> list{root / "README.md", root / "CONTRIBUTING.md", root / "CHANGELOG.md"};
  for (const auto& entry : fs::recursive_directory_iterator(root / "docs"))
    if (entry.path().extension() == ".md") list.push_back(entry.path());
  return list;
}

/// The files that people write, without what is built, installed or measured.
const std::vector<fs::path>& tree() {
  static const std::vector<fs::path> files = [] {
    std::vector<fs::path> list{root / "dev", root / "CMakeLists.txt", root / "CMakePresets.json"};
    for (const char* folder : {"src", "tests", "studies", "detectors", "fuzz", "cmake", "docs"})
      for (auto it = fs::recursive_directory_iterator(root / folder); it != fs::recursive_directory_iterator(); ++it) {
        const std::string name = it->path().filename().string();
        if (it->is_directory() && (name == "node_modules" || name == "dist")) it.disable_recursion_pending();
        if (it->is_regular_file()) list.push_back(it->path());
      }
    return list;
  }();
  return files;
}

/// Everything but the documents, in which names have to occur.
const std::string& sources() {
  static const std::string all = [] {
    std::string text;
    for (const fs::path& file : tree())
      if (file.extension() != ".md" && file.extension() != ".svg" && file.extension() != ".png") text += text_of(file);
    for (const auto& entry : fs::directory_iterator(root / "experiments"))
      if (entry.is_regular_file()) text += text_of(entry.path());
    return text;
  }();
  return all;
}

bool in_sources(const std::string& word) { return sources().find(word) != std::string::npos; }

bool in_tree(const std::string& path) {
  if (fs::exists(root / path) || fs::exists(root / "src" / path)) return true;
  for (const fs::path& file : tree())
    if (file.generic_string().ends_with("/" + path)) return true;
  return in_sources("\"" + path + "\"");  // the program writes a file of that name
}

/// What stands between backticks.
std::vector<std::string> code_of(const fs::path& document) {
  static const std::regex span("`([^`]+)`");
  return matches(text_of(document), span);
}

void expect_there(bool there, const fs::path& document, const std::string& name) {
  EXPECT_TRUE(there) << document << " names " << name;
}

TEST(Names, FilesExist) {
  static const std::regex file(R"([\w./-]+\.(h|cc|sh|toml|md|mjs|cmake|perf|svg))");
  static const std::regex folder(R"((src|tests|docs|studies|detectors|experiments|fuzz|cmake)/[\w./-]*)");
  for (const fs::path& document : documents())
    for (const std::string& code : code_of(document)) {
      if (code.find("NAME") != std::string::npos) continue;
      if (std::regex_match(code, file) || std::regex_match(code, folder)) expect_there(in_tree(code), document, code);
    }
}

/// `train_teacher`, `interpret()`, `metrics.fiducial_eta_lo`, `whole_images = true`: the last name before "()" or "=".
TEST(Names, FunctionsAndSettingsExist) {
  static const std::regex call(R"((\w+)\(\))");
  static const std::regex setting(R"((?:[a-z]\w*\.)*([a-z]\w*)(?: = .+)?)");
  for (const fs::path& document : documents())
    for (const std::string& code : code_of(document)) {
      std::smatch name;
      if (std::regex_match(code, name, call))
        expect_there(in_sources(name[1].str() + "("), document, code);
      else if (std::regex_match(code, name, setting) && code.find_first_of("_.=") != std::string::npos)
        expect_there(in_sources(name[1]), document, code);
    }
}

/// A heading's anchor as GitHub makes it.
std::string anchor(const std::string& heading) {
  std::string text;
  for (const char c : heading) {
    if (c == ' ') text += '-';
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || (c & 0x80))
      text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

std::set<std::string> anchors_of(const fs::path& document) {
  std::set<std::string> anchors;
  for (const std::string& line : lines_of(document))
    if (line.starts_with('#')) anchors.insert(anchor(line.substr(line.find_first_not_of("# "))));
  return anchors;
}

TEST(Names, LinksLeadSomewhere) {
  static const std::regex link(R"(\]\(([^)\s]+)\))");
  for (const fs::path& document : documents())
    for (const std::string& target : matches(text_of(document), link)) {
      if (target.starts_with("http")) continue;
      const std::size_t hash = std::min(target.find('#'), target.size());
      const fs::path file = hash == 0 ? document : document.parent_path() / target.substr(0, hash);
      expect_there(fs::exists(file), document, target);
      if (hash < target.size()) expect_there(anchors_of(file).contains(target.substr(hash + 1)), document, target);
    }
}

/// Command -> its flags, as docs/commands.md has them; program.test.cc compares that page with the program.
std::map<std::string, std::set<std::string>> commands() {
  static const std::regex flag(R"(`(--[a-z-]+))");
  std::map<std::string, std::set<std::string>> list;
  std::string command;
  for (const std::string& line : lines_of(root / "docs/commands.md")) {
    if (line.starts_with("## ")) command = line.substr(3);
    if (!command.empty())
      for (const std::string& one : matches(line, flag)) list[command].insert(one);
    if (line.starts_with("## ")) list[command].insert({"--threads", "--quiet", "--json", "--help"});
  }
  return list;
}

/// Every "lutra COMMAND ..." in code: between backticks, and in blocks, whose lines may go on after a backslash.
std::vector<std::string> calls_of(const fs::path& document) {
  static const std::regex joined(R"(\\\n\s*)");
  static const std::regex in_span(R"(`(?:build/release/)?(lutra [^`]+)`)");
  static const std::regex in_block(R"((?:^|\n)    (?:build/release/)?(lutra [^\n#]+))");
  const std::string text = std::regex_replace(text_of(document), joined, " ");
  std::vector<std::string> calls = matches(text, in_span);
  for (const std::string& call : matches(text, in_block)) calls.push_back(call);
  return calls;
}

TEST(Names, CommandsAndFlagsExist) {
  const auto known = commands();
  ASSERT_GT(known.size(), 15u);
  int seen = 0;
  for (const fs::path& document : documents())
    for (const std::string& call : calls_of(document)) {
      std::istringstream words(call);
      std::string word, command;
      words >> word >> command;
      if (command.starts_with("--") || command == "COMMAND") continue;
      const auto found = known.find(command);
      expect_there(found != known.end() || command == "help-page", document, call);
      if (found == known.end()) continue;
      ++seen;
      while (words >> word)
        if (word.starts_with("--") && word.size() > 2)
          expect_there(found->second.contains(word.substr(0, word.find('='))), document, call);
    }
  EXPECT_GT(seen, 60);
}

TEST(Names, WhatDevDoesExists) {
  static const std::regex command(R"(\./dev ([a-z]+))");
  const std::string dev = text_of(root / "dev");
  for (const fs::path& document : documents())
    for (const std::string& name : matches(text_of(document), command))
      expect_there(dev.find("\n  " + name + " ") != std::string::npos, document, "./dev " + name);
}

/// Lines that people can read beside each other. Rows of tables cannot be broken; the program writes commands.md.
TEST(Lines, AreBelow120Characters) {
  for (const fs::path& document : documents()) {
    if (document.filename() == "commands.md") continue;
    int number = 0;
    for (const std::string& line : lines_of(document)) {
      ++number;
      const auto characters = std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
      if (!line.starts_with('|')) expect_there(characters < 120, document, "a long line, " + std::to_string(number));
    }
  }
}

}  // namespace
