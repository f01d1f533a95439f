#include <algorithm>

#include "base/contract.h"
#include "base/error.h"
#include "import/table.h"

namespace lutra {
namespace {

class SideBySide : public RowReader {
 public:
  SideBySide(std::vector<std::unique_ptr<RowReader>> readers, std::vector<std::size_t> widths)
      : readers_(std::move(readers)), widths_(std::move(widths)), blocks_(readers_.size()) {
    expects(!readers_.empty() && readers_.size() == widths_.size(), "a width for every reader");
  }

  std::size_t next(std::size_t count, std::vector<double>& values) override {
    std::size_t rows = 0;
    for (std::size_t i = 0; i < readers_.size(); ++i) {
      blocks_[i].clear();
      const std::size_t got = readers_[i]->next(count, blocks_[i]);
      if (i > 0 && got != rows) throw unequal(got < rows ? i : 0, got < rows ? 0 : i, std::min(got, rows));
      rows = got;
    }
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t i = 0; i < readers_.size(); ++i) {
        const auto from = blocks_[i].begin() + static_cast<std::ptrdiff_t>(row * widths_[i]);
        values.insert(values.end(), from, from + static_cast<std::ptrdiff_t>(widths_[i]));
      }
    done_ += rows;
    return rows;
  }

  std::string place(std::uint64_t row, std::size_t column) const override {
    std::size_t i = 0;
    for (; i + 1 < widths_.size() && column >= widths_[i]; ++i) column -= widths_[i];
    return readers_[i]->place(row, column);
  }

 private:
  Error unequal(std::size_t shorter, std::size_t longer, std::size_t more) const {
    return {"the arrays have different numbers of rows",
            readers_[shorter]->place(done_ + more, 0) + " is missing, " + readers_[longer]->place(done_ + more, 0) +
                " is there",
            "Give arrays with one row per event"};
  }

  std::vector<std::unique_ptr<RowReader>> readers_;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<double>> blocks_;
  std::uint64_t done_ = 0;
};

}  // namespace

std::unique_ptr<RowReader> side_by_side(std::vector<std::unique_ptr<RowReader>> readers,
                                        const std::vector<std::size_t>& widths) {
  if (readers.size() == 1) return std::move(readers[0]);
  return std::make_unique<SideBySide>(std::move(readers), widths);
}

}  // namespace lutra
