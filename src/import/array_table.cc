#include "import/array_table.h"

#include <functional>
#include <set>

#include "base/contract.h"
#include "base/error.h"
#include "import/array_stream.h"
#include "import/zip.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

using HeaderReader = ArrayLayout (*)(ByteStream&, const std::string&);

/// One array: a stream that starts with a header.
struct Source {
  std::function<std::unique_ptr<ByteStream>()> open;
  std::string where;
};

class ArrayFiles : public TableFile {
 public:
  ArrayFiles(const fs::path& path, const char* format, HeaderReader read_header)
      : TableFile(path, format), read_header_(read_header) {}

  /// Arrays that are not numbers are listed as such, so that they do not stand in the way of others.
  void add_if_readable(const std::string& name, const Source& source) {
    if (!names_.insert(name).second) throw Error(path_.string() + " holds two arrays called \"" + name + "\"", "", "");
    try {
      add(name, source);
    } catch (const Error&) {
      arrays_.push_back({name, {}, std::nullopt, unreadable_type});
      sources_.push_back(source);
    }
  }

  void add(const std::string& name, const Source& source) {
    const std::unique_ptr<ByteStream> stream = source.open();
    const ArrayLayout layout = read_header_(*stream, source.where);
    arrays_.push_back({name, row_shape_of(layout.shape), layout.rows(),
                       to_string(layout.type) + (layout.fortran_order ? ", Fortran order" : "")});
    sources_.push_back(source);
  }

  std::unique_ptr<RowReader> open(const std::vector<Wanted>& wanted) const override {
    std::vector<std::unique_ptr<RowReader>> readers;
    std::vector<std::size_t> widths;
    for (const Wanted& want : wanted) {
      expects(want.array < sources_.size(), "an array of this file");
      const Source& source = sources_[want.array];
      std::unique_ptr<ByteStream> stream = source.open();
      const ArrayLayout layout = read_header_(*stream, source.where);
      readers.push_back(read_array_rows(std::move(stream), layout, source.where));
      widths.push_back(layout.width());
    }
    return side_by_side(std::move(readers), widths);
  }

 private:
  HeaderReader read_header_;
  std::vector<Source> sources_;
  std::set<std::string> names_;
};

/// The name without ".npy", ".idx", ".gz".
std::string stem_of(const fs::path& path) {
  fs::path name = path.filename();
  for (const char* extension : {".gz", ".npy", ".idx"})
    if (name.extension() == extension && name.has_stem()) name = name.stem();
  return name.string();
}

std::unique_ptr<TableFile> single(const fs::path& path, const char* format, HeaderReader read_header) {
  auto file = std::make_unique<ArrayFiles>(path, format, read_header);
  file->add(stem_of(path), {[path] { return open_bytes(path); }, path.string()});
  return file;
}

}  // namespace

std::unique_ptr<TableFile> open_npy(const fs::path& path) { return single(path, "npy", read_npy_header); }
std::unique_ptr<TableFile> open_idx(const fs::path& path) { return single(path, "idx", read_idx_header); }

std::unique_ptr<TableFile> open_npz(const fs::path& path) {
  auto file = std::make_unique<ArrayFiles>(path, "npz", read_npy_header);
  for (const ZipEntry& entry : read_zip_directory(path)) {
    if (!entry.name.ends_with(".npy")) continue;
    const std::string name = entry.name.substr(0, entry.name.size() - 4);
    file->add_if_readable(
        name, {[path, entry] { return open_zip_entry(path, entry); }, path.string() + " array \"" + name + "\""});
  }
  if (file->arrays().empty()) throw Error(path.string() + " holds no arrays", "", "Write it with numpy.savez");
  return file;
}

}  // namespace lutra
