#include "chain/window_search.h"

#include <algorithm>
#include <bit>

#include "base/error.h"
#include "ir/interpret.h"

namespace lutra {
namespace {

int bits_for(int largest) { return std::max(1, static_cast<int>(std::bit_width(static_cast<unsigned>(largest)))); }

}  // namespace

int WindowSearchShape::chunk() const {
  const int columns = (cols + interval_cycles - 1) / interval_cycles;
  return (columns + stride - 1) / stride * stride;
}

int WindowSearchShape::chunks() const { return ((windows() - 1) * stride + window + chunk() - 1) / chunk(); }

int WindowSearchShape::place_bits() const { return std::bit_width(static_cast<unsigned>(places() - 1)); }

int WindowSearchShape::groups() const {
  const int per_group = rows_per_group();
  return (rows + per_group - 1) / per_group;
}

int WindowSearchShape::rows_per_group() const {
  const int wanted = std::clamp(cell_groups, 1, chunks()), cell_rows = rows / pool_rows;
  return (cell_rows + wanted - 1) / wanted * pool_rows;
}

int WindowSearchShape::cell_bits() const { return bits_for(pool_rows * pool_cols); }
int WindowSearchShape::start_bits() const { return bits_for(cols - window); }
int WindowSearchShape::hits_bits() const { return bits_for(rows * window); }

void check(const WindowSearchShape& s) {
  const auto refuse = [](const std::string& why) {
    throw Error("this window search cannot be built", why, "Change the window, its stride, pooling or the interval");
  };
  if (s.rows < 1 || s.cols < 1 || s.window < 1 || s.stride < 1 || s.pool_rows < 1 || s.pool_cols < 1 ||
      s.interval_cycles < 1 || s.cell_groups < 1)
    refuse("sizes must be positive");
  if (s.rows > 1 << 10 || s.cols > 1 << 14) refuse("the image is larger than 1,024 x 16,384");
  if (s.window > s.cols) refuse("the window is wider than the image");
  if (s.rows % s.pool_rows != 0 || s.window % s.pool_cols != 0) refuse("pooling must divide the window");
}

ChunkFlags chunk_flags(const WindowSearchShape& s) {
  const bool several = s.chunks() > 1;
  return {several, s.first_chunk() > 0, several && s.last_place() < s.places() - 1};
}

std::vector<std::int64_t> chunk_hits(const WindowSearchShape& s, const std::vector<std::int64_t>& image, int k) {
  std::vector<std::int64_t> hits;
  for (int r = 0; r < s.rows; ++r)
    for (int c = k * s.chunk(); c < (k + 1) * s.chunk(); ++c)
      hits.push_back(c < s.cols ? image[static_cast<std::size_t>(r * s.cols + c)] : 0);
  return hits;
}

FoundWindow run_window_search(const WindowSearchShape& s, const Program& chunks, const Program& cells,
                              const std::vector<std::int64_t>& image) {
  const ChunkFlags flags = chunk_flags(s);
  std::vector<std::vector<std::int64_t>> stream;
  for (int k = 0; k < s.chunks(); ++k) {
    stream.push_back(chunk_hits(s, image, k));
    if (flags.at_first) stream.back().push_back(k == s.first_chunk());
    if (flags.before_first) stream.back().push_back(k < s.first_chunk());
    if (flags.at_last) stream.back().push_back(k == s.chunks() - 1);
  }
  const auto outputs = interpret_stream(chunks, stream);
  FoundWindow found;
  std::int64_t base = 0, most = -1, place = 0;
  std::vector<std::int64_t> span;
  const std::int64_t mask = (std::int64_t{1} << s.hits_bits()) - 1;
  for (int k = 0; k < s.chunks(); ++k) {
    const auto& out = outputs[static_cast<std::size_t>(k)];
    const std::int64_t hits = (base + out[0]) & mask;
    if (k >= s.first_chunk() && hits > most) {
      most = hits;
      place = out[2];
      span.assign(out.begin() + 3, out.end());
      found.start = s.stride * (s.places() * (k - s.first_chunk()) + static_cast<int>(place) - s.first_place());
    }
    base += out[1];
  }
  for (int bit = 0; bit < s.place_bits(); ++bit) span.push_back(place >> bit & 1);
  for (int group = 0; group < s.groups(); ++group) {
    std::vector<std::int64_t> inputs = span;
    for (int g = 1; g < s.groups(); ++g) inputs.push_back(g == group);
    const auto part = interpret(cells, inputs);
    found.cells.insert(found.cells.end(), part.begin(), part.end());
  }
  found.cells.resize(static_cast<std::size_t>(s.cells()));
  return found;
}

}  // namespace lutra
