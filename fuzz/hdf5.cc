#include <algorithm>

#include "event/dataset_file.h"
#include "event/events_file.h"
#include "event/reseal.test.h"
#include "fuzz/as_file.h"
#include "fuzz/fuzz.h"
#include "import/table.h"

namespace {

namespace h5 = lutra::h5;

/// Takes a file's description apart, byte by byte; 0 at the end.
class Recipe {
 public:
  explicit Recipe(std::string_view bytes) : rest_(bytes) {}

  bool done() const { return rest_.empty(); }
  unsigned byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<unsigned char>(rest_[0]);
    rest_.remove_prefix(1);
    return value;
  }
  /// A side: small as it is, or a power of two.
  hsize_t side() {
    const unsigned value = byte();
    return value < 192 ? value : hsize_t{1} << (value - 192);
  }
  /// Up to the next NUL.
  std::string text() {
    const std::size_t end = std::min(rest_.find('\0'), rest_.size());
    std::string text(rest_.substr(0, end));
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return text;
  }

 private:
  std::string_view rest_;
};

const char* const names[] = {"inputs", "truth",      "window_start", "split",    "column_a", "hit_count",
                             "hits",   "muon_count", "muon_pt",      "muon_eta", "muon_phi", "muon_charge"};

hid_t type_of(unsigned code) {
  const hid_t types[] = {H5T_STD_I8LE,   H5T_STD_U8LE,   H5T_STD_I16LE, H5T_STD_U16BE,
                         H5T_IEEE_F32LE, H5T_IEEE_F64BE, H5T_STD_I32LE, H5T_C_S1};
  return types[code % std::size(types)];
}

/// Values stay what a file without them holds (0), but for arrays of one dimension and few bytes.
void add_array(const h5::Handle& file, Recipe& recipe) {
  const char* name = names[recipe.byte() % std::size(names)];
  const hid_t type = type_of(recipe.byte());
  const unsigned layout = recipe.byte();  // rank, chunked
  std::vector<hsize_t> sides, chunk;
  for (unsigned i = 0; i < layout % 5; ++i) sides.push_back(recipe.side());
  for (const hsize_t side : sides) chunk.push_back(std::clamp<hsize_t>(side, 1, 1 + recipe.byte()));
  const h5::Handle space(H5Screate_simple(static_cast<int>(sides.size()), sides.data(), nullptr), H5Sclose);
  const h5::Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  if (layout >= 128 && !sides.empty()) H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data());
  const h5::Handle data(H5Dcreate2(file.get(), name, type, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
                        H5Dclose);
  if (data.get() < 0 || sides.size() != 1 || sides[0] > 64) return;
  std::vector<std::int8_t> values;
  for (hsize_t i = 0; i < sides[0]; ++i) values.push_back(static_cast<std::int8_t>(recipe.byte()));
  H5Dwrite(data.get(), H5T_NATIVE_INT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
}

template <class Reader>
void read(const std::filesystem::path& path) {
  Reader reader(path);
  for (int block = 0; block < 4; ++block) reader.next(100);
}

void read_foreign(const std::filesystem::path& path) {
  const auto table = lutra::open_table(path);
  std::vector<double> values;
  for (std::size_t array = 0; array < table->arrays().size(); ++array) {
    const auto rows = table->open({{array, nullptr}});
    for (int block = 0; block < 4 && table->arrays()[array].width() < 1 << 16; ++block) rows->next(16, values);
    values.clear();
  }
}

/// The bytes describe a file: its kind, its header, its arrays. Mutated bytes of real files end in the HDF5 library,
/// whose faults are not ours to mend; this reaches what is behind a valid seal.
void parse(std::string_view bytes) {
  Recipe recipe(bytes);
  const auto path = fuzz_folder() / "made.h5";
  const unsigned kind = recipe.byte() % 3;
  {
    const h5::Handle file = h5::create(path);
    h5::write_text(file, "header", recipe.text());
    for (int arrays = 0; !recipe.done() && arrays < 16; ++arrays) add_array(file, recipe);
  }
  if (kind == 2) return read_foreign(path);
  lutra::reseal(path, kind == 0 ? lutra::dataset_kind : lutra::events_kind);
  if (kind == 0)
    read<lutra::DatasetReader>(path);
  else
    read<lutra::EventReader>(path);
}

}  // namespace

LUTRA_FUZZ(parse)
