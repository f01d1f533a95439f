#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <sstream>

#include "sites.h"

/// plant_mutants COUNT SEED FROM TO [NUMBER...]: picks COUNT mutants of the sources in FROM/src and writes the sources
/// with all of them, but those whose NUMBER is given, to TO/src. Prints a line of JSON for each mutant. Folders get
/// mutants by their lines of code. Files that would not change are not written, so that they are not built again.
namespace lutra {
namespace {

namespace fs = std::filesystem;

struct Source {
  std::string path;  // below src
  std::string text;
  std::vector<Site> sites;
};

struct Mutant {
  const Source* source;
  const Site* site;
};

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Sources of the product: no tests and benchmarks, and no makers of random inputs for tests.
bool counts(const fs::path& path) {
  const std::string name = path.filename().string();
  static const std::set<std::string> makers = {"random_program.cc", "random_network.cc", "published_student.cc",
                                               "main.cc"};
  return path.extension() == ".cc" && name.find(".test.") == std::string::npos &&
         name.find(".perf.") == std::string::npos && !makers.contains(name);
}

/// folder -> its sources, in the order of their names.
std::map<std::string, std::vector<Source>> read_sources(const fs::path& tree) {
  std::set<fs::path> paths;
  for (const auto& folder : fs::directory_iterator(tree / "src"))
    if (folder.is_directory())
      for (const auto& file : fs::directory_iterator(folder))
        if (counts(file.path())) paths.insert(file.path());
  std::map<std::string, std::vector<Source>> sources;
  for (const fs::path& path : paths) {
    const std::string text = text_of(path);
    sources[path.parent_path().filename()].push_back({fs::relative(path, tree / "src"), text, find_sites(text)});
  }
  return sources;
}

std::size_t lines_of(const std::vector<Source>& sources) {
  std::size_t lines = 0;
  for (const Source& source : sources) lines += line_of(source.text, source.text.size());
  return lines;
}

/// `count` sites of one folder.
std::vector<Mutant> pick(const std::vector<Source>& sources, std::size_t count, std::mt19937_64& random) {
  std::vector<Mutant> all;
  for (const Source& source : sources)
    for (const Site& site : source.sites) all.push_back({&source, &site});
  for (std::size_t i = 0; i + 1 < all.size(); ++i) std::swap(all[i], all[i + random() % (all.size() - i)]);
  all.resize(std::min(count, all.size()));
  return all;
}

std::vector<Mutant> choose(const std::map<std::string, std::vector<Source>>& folders, std::size_t count,
                           std::uint64_t seed) {
  std::size_t lines = 0;
  for (const auto& [name, sources] : folders) lines += lines_of(sources);
  std::mt19937_64 random(seed);
  std::vector<Mutant> chosen;
  std::size_t before = 0;
  for (const auto& [name, sources] : folders) {  // rounded so that the folders' shares add up
    const std::size_t upto = before + lines_of(sources);
    const std::vector<Mutant> some = pick(sources, count * upto / lines - count * before / lines, random);
    chosen.insert(chosen.end(), some.begin(), some.end());
    before = upto;
  }
  return chosen;
}

std::string planted(const Source& source, const std::map<std::size_t, std::size_t>& numbers) {
  std::string text = "#include \"base/planted.h\"\n#line 1\n";
  std::size_t done = 0;
  for (const auto& [index, number] : numbers) {
    const Site& site = source.sites[index];
    if (site.at < done) continue;  // inside the statement that another mutant removes
    std::string code = site.planted;
    for (std::size_t at = code.find('#'); at != std::string::npos; at = code.find('#', at))
      code.replace(at, 1, std::to_string(number));
    text += source.text.substr(done, site.at - done) + code;
    done = site.at + site.length;
  }
  return text + source.text.substr(done);
}

void write_if_other(const fs::path& path, const std::string& text) {
  if (fs::exists(path) && text_of(path) == text) return;
  std::ofstream(path, std::ios::binary) << text;
}

/// Writes every source, so that those of an earlier choice lose their mutants.
void plant(const std::map<std::string, std::vector<Source>>& folders, const std::vector<Mutant>& mutants,
           const std::set<std::size_t>& left_out, const fs::path& to) {
  std::map<const Source*, std::map<std::size_t, std::size_t>> by_source;  // index of the site -> number
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    const Source& source = *mutants[i].source;
    const auto index = static_cast<std::size_t>(mutants[i].site - source.sites.data());
    if (!left_out.contains(i + 1)) by_source[&source][index] = i + 1;
  }
  for (const auto& [folder, sources] : folders)
    for (const Source& source : sources) {
      const auto found = by_source.find(&source);
      write_if_other(to / "src" / source.path, found == by_source.end() ? source.text : planted(source, found->second));
    }
}

void print(const std::vector<Mutant>& mutants) {
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    const auto& [source, site] = mutants[i];
    std::cout << nlohmann::ordered_json{{"number", i + 1},
                                        {"file", "src/" + source->path},
                                        {"line", line_of(source->text, site->at)},
                                        {"before", site->before},
                                        {"after", site->after}}
              << "\n";
  }
}

}  // namespace
}  // namespace lutra

int main(int count, char** arguments) {
  if (count < 5) {
    std::cerr << "usage: plant_mutants COUNT SEED FROM TO [NUMBER...]\n";
    return 2;
  }
  std::set<std::size_t> left_out;
  for (int i = 5; i < count; ++i) left_out.insert(std::strtoull(arguments[i], nullptr, 10));
  const auto sources = lutra::read_sources(arguments[3]);
  const auto mutants =
      lutra::choose(sources, std::strtoull(arguments[1], nullptr, 10), std::strtoull(arguments[2], nullptr, 10));
  lutra::plant(sources, mutants, left_out, arguments[4]);
  lutra::print(mutants);
  return 0;
}
