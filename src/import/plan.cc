#include "import/plan.h"

#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "base/contract.h"
#include "base/error.h"
#include "import/array_layout.h"

namespace lutra {
namespace {

using Files = std::vector<std::unique_ptr<TableFile>>;

struct Found {
  std::size_t file = 0;
  std::size_t array = 0;
};

/// For each name, every file that has an array of it, in order. A CSV file has up to 65,536.
using Places = std::unordered_map<std::string, std::vector<Found>>;

Places places_of(const Files& files) {
  Places places;
  for (std::size_t f = 0; f < files.size(); ++f)
    for (std::size_t a = 0; a < files[f]->arrays().size(); ++a) {
      std::vector<Found>& found = places[files[f]->arrays()[a].name];
      if (found.empty() || found.back().file != f) found.push_back({f, a});
    }
  return places;
}

/// What a request names in one "+" part; nothing when the request is empty.
const std::vector<Selected>& items(const Request& request, std::size_t number) {
  static const std::vector<Selected> none;
  return request.selection.empty() ? none : request.selection[number];
}

/// How many files hold the arrays of the `number`-th "+" part: each array must be in as many.
std::size_t files_of_part(const std::vector<Request>& requests, const Places& places, std::size_t number) {
  const std::string& first = requests[0].selection[number][0].array;
  const std::size_t count = places.at(first).size();
  for (const Request& request : requests)
    for (const Selected& selected : items(request, number)) {
      const std::size_t got = places.at(selected.array).size();
      if (got != count)
        throw Error("import: the files do not fit together",
                    "\"" + first + "\" is in " + std::to_string(count) + " of them, \"" + selected.array + "\" in " +
                        std::to_string(got),
                    "Give files with the same arrays, or one file of each");
    }
  return count;
}

/// Collects what one part needs; numbers get their place in the row once all arrays are known.
class PartBuilder {
 public:
  PartBuilder(const std::vector<Request>& requests, const Files& files, const Places& places, std::size_t number,
              std::size_t nth)
      : files_(files), places_(places), nth_(nth), wanted_(files.size()), starts_(files.size()) {
    for (const Request& request : requests) {
      uses_.emplace_back();
      for (const Selected& selected : items(request, number)) uses_.back().push_back(add(selected, request));
    }
    part_.number = static_cast<int>(number);
  }

  Part build() && {
    std::size_t begin = 0;
    for (std::size_t f = 0; f < files_.size(); ++f) {
      if (!wanted_[f].empty()) part_.sources.push_back({files_[f].get(), wanted_[f]});
      for (const Wanted& want : wanted_[f]) {
        starts_[f].push_back(begin);
        begin += files_[f]->arrays()[want.array].width();
        if (begin > max_row_width)
          throw Error("import: an event has more than 2^22 numbers", files_[f]->path().string(), "Select fewer arrays");
      }
    }
    for (const std::vector<Use>& uses : uses_) {
      part_.slices.emplace_back();
      for (const Use& use : uses) part_.slices.back().push_back(slice(use));
    }
    return std::move(part_);
  }

 private:
  struct Use {
    std::size_t file = 0;
    std::size_t nth = 0;  // among wanted_[file]
    Selected selected;
  };

  Use add(const Selected& selected, const Request& request) {
    const Found found = places_.at(selected.array).at(nth_);
    const ArrayInfo& info = files_[found.file]->arrays()[found.array];
    if (info.type == unreadable_type) files_[found.file]->open({{found.array, nullptr}});
    if (selected.first + selected.count > info.width())
      throw Error("import: " + request.key + ": \"" + selected.array + "\" has only " + std::to_string(info.width()) +
                      " elements",
                  files_[found.file]->path().string(), "Elements count from 0");
    compare_rows(info);
    wanted_[found.file].push_back({found.array, request.vocabulary});
    return {found.file, wanted_[found.file].size() - 1, selected};
  }

  /// Where the files tell their rows, they must agree; the others are compared while reading.
  void compare_rows(const ArrayInfo& info) {
    if (!info.rows) return;
    if (part_.rows && *part_.rows != *info.rows)
      throw Error("import: the arrays have different numbers of rows",
                  "\"" + info.name + "\" has " + std::to_string(*info.rows) + ", \"" + counted_ + "\" has " +
                      std::to_string(*part_.rows),
                  "Give arrays with one row per event");
    part_.rows = info.rows;
    counted_ = info.name;
  }

  Slice slice(const Use& use) const {
    const ArrayInfo& info = files_[use.file]->arrays()[wanted_[use.file][use.nth].array];
    const std::size_t at = starts_[use.file][use.nth];
    if (use.selected.count == 0) return {at, info.width(), info.row_shape, info.name};
    return {at + use.selected.first, use.selected.count, {}, info.name + "_" + std::to_string(use.selected.first)};
  }

  const Files& files_;
  const Places& places_;
  std::size_t nth_;
  std::vector<std::vector<Wanted>> wanted_;       // [files]
  std::vector<std::vector<std::size_t>> starts_;  // [files] of each wanted array in the row
  std::vector<std::vector<Use>> uses_;            // [requests]
  Part part_;
  std::string counted_;  // array that part_.rows is from
};

void check_part_counts(const std::vector<Request>& requests) {
  for (const Request& request : requests)
    if (!request.selection.empty() && request.selection.size() != requests[0].selection.size())
      throw Error("import: " + request.key + " has " + std::to_string(request.selection.size()) + " parts",
                  requests[0].key + " has " + std::to_string(requests[0].selection.size()),
                  "Join the same number of parts by + everywhere");
}

void check_widths(const std::vector<Part>& parts, const std::vector<Request>& requests) {
  for (const Part& part : parts)
    for (std::size_t r = 0; r < requests.size(); ++r)
      if (part.width(r) != parts[0].width(r))
        throw Error("import: the parts of " + requests[r].key + " differ",
                    std::to_string(parts[0].width(r)) + " numbers per event, then " + std::to_string(part.width(r)),
                    "");
}

}  // namespace

std::size_t Part::Source::width() const {
  std::size_t width = 0;
  for (const Wanted& want : wanted) width += file->arrays()[want.array].width();
  return width;
}

std::size_t Part::width(std::size_t r) const {
  return std::accumulate(slices[r].begin(), slices[r].end(), std::size_t{0},
                         [](std::size_t sum, const Slice& s) { return sum + s.count; });
}

std::vector<Part> plan_parts(const std::vector<Request>& requests, const Files& files) {
  expects(!requests.empty(), "something is asked for");
  check_part_counts(requests);
  const Places places = places_of(files);
  std::vector<Part> parts;
  for (std::size_t number = 0; number < requests[0].selection.size(); ++number) {
    const std::size_t count = files_of_part(requests, places, number);
    for (std::size_t nth = 0; nth < count; ++nth)
      parts.push_back(PartBuilder(requests, files, places, number, nth).build());
  }
  check_widths(parts, requests);
  return parts;
}

std::unique_ptr<RowReader> open_part(const Part& part) {
  std::vector<std::unique_ptr<RowReader>> readers;
  std::vector<std::size_t> widths;
  for (const Part::Source& source : part.sources) {
    readers.push_back(source.file->open(source.wanted));
    widths.push_back(source.width());
  }
  return side_by_side(std::move(readers), widths);
}

std::vector<std::string> all_names(const Files& files) {
  std::vector<std::string> names;
  std::unordered_set<std::string> seen;
  for (const auto& file : files)
    for (const ArrayInfo& info : file->arrays())
      if (seen.insert(info.name).second) names.push_back(info.name);
  return names;
}

}  // namespace lutra
