#include "event/h5_output.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.h"

namespace lutra::h5 {

/// Where the bytes go.
class Sink {
 public:
  explicit Sink(NewFile& file) : file_(file) {}

  void write(haddr_t at, std::string_view bytes) {
    guard([&] { file_.write_at(at, bytes); });
    if (failure_) kept_.emplace_back(at, bytes);
  }

  void resize(haddr_t size) {
    guard([&] { file_.resize(size); });
  }

  /// What was written there, zeros where nothing was.
  void read(haddr_t at, std::size_t size, char* to) const {
    std::string bytes(std::min<haddr_t>(size, std::max(at, file_.size()) - at), '\0');
    file_.read_at(at, bytes);
    bytes.resize(size);
    for (const auto& [from, kept] : kept_) {
      const haddr_t begin = std::max(at, from), end = std::min(at + size, from + kept.size());
      if (begin < end) std::copy_n(&kept[begin - from], end - begin, &bytes[begin - at]);
    }
    std::memcpy(to, bytes.data(), size);
  }

  void check() const {
    if (failure_) throw Error(*failure_);
  }

 private:
  template <class Action>
  void guard(const Action& action) {
    if (failure_) return;
    try {
      action();
    } catch (const Error& e) {
      failure_ = e;
    }
  }

  NewFile& file_;
  std::optional<Error> failure_;
  std::vector<std::pair<haddr_t, std::string>> kept_;  // in the order of writing
};

namespace {

/// The file as HDF5's virtual file layer sees it.
struct Driver {
  H5FD_t common;
  Sink* sink;
  haddr_t allocated, end;
};

Driver* driver(H5FD_t* file) { return reinterpret_cast<Driver*>(file); }
const Driver* driver(const H5FD_t* file) { return reinterpret_cast<const Driver*>(file); }

/// No exception may pass the library.
template <class Action>
herr_t status_of(const Action& action) {
  try {
    action();
    return 0;
  } catch (...) {
    return -1;
  }
}

H5FD_t* open_driver(const char*, unsigned, hid_t access, haddr_t) {
  const auto* sink = static_cast<Sink* const*>(H5Pget_driver_info(access));
  if (!sink) return nullptr;
  auto* made = new (std::nothrow) Driver{{}, *sink, 0, 0};
  return made ? &made->common : nullptr;
}

herr_t close_driver(H5FD_t* file) {
  delete driver(file);
  return 0;
}

/// As the library's own driver for POSIX files, so that files have the same bytes.
herr_t query(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
           H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

haddr_t get_allocated(const H5FD_t* file, H5FD_mem_t) { return driver(file)->allocated; }

herr_t set_allocated(H5FD_t* file, H5FD_mem_t, haddr_t end) {
  driver(file)->allocated = end;
  return 0;
}

haddr_t get_end(const H5FD_t* file, H5FD_mem_t) { return driver(file)->end; }

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, void* to) {
  return status_of([&] { driver(file)->sink->read(at, size, static_cast<char*>(to)); });
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t size, const void* from) {
  driver(file)->end = std::max(driver(file)->end, at + size);
  return status_of([&] { driver(file)->sink->write(at, {static_cast<const char*>(from), size}); });
}

herr_t truncate(H5FD_t* file, hid_t, hbool_t) {
  Driver& d = *driver(file);
  if (d.end == d.allocated) return 0;
  d.end = d.allocated;
  return status_of([&] { d.sink->resize(d.end); });
}

H5FD_class_t driver_class() {
  H5FD_class_t made{};
#ifdef H5FD_CLASS_VERSION
  made.version = H5FD_CLASS_VERSION;
#endif
  made.name = "lutra";
  made.maxaddr = HADDR_MAX >> 1;
  made.fc_degree = H5F_CLOSE_STRONG;
  made.fapl_size = sizeof(Sink*);
  made.open = open_driver;
  made.close = close_driver;
  made.query = query;
  made.get_eoa = get_allocated;
  made.set_eoa = set_allocated;
  made.get_eof = get_end;
  made.read = read;
  made.write = write;
  made.truncate = truncate;
  constexpr H5FD_mem_t kinds[] = H5FD_FLMAP_DICHOTOMY;
  std::ranges::copy(kinds, made.fl_map);
  return made;
}

/// Registered once, for the life of the program.
hid_t driver_id() {
  static const H5FD_class_t made = driver_class();
  static const hid_t id = H5FDregister(&made);
  return id;
}

Handle open_sink(Sink* sink) {
  start_library();
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  const Handle creation = file_creation();
  if (H5Pset_driver(access.get(), driver_id(), &sink) < 0) throw Error("HDF5 cannot make a file", "", "");
  const hid_t id = H5Fcreate("new", H5F_ACC_TRUNC, creation.get(), access.get());
  if (id < 0) throw Error("HDF5 cannot make a file", "", "");
  return {id, H5Fclose};
}

}  // namespace

OutputFile::OutputFile(NewFile& file) : sink_(std::make_unique<Sink>(file)), handle_(open_sink(sink_.get())) {}

OutputFile::~OutputFile() = default;

void OutputFile::check() const { sink_->check(); }

void OutputFile::close() {
  const bool flushed = H5Fflush(handle_.get(), H5F_SCOPE_GLOBAL) >= 0;
  handle_ = Handle();
  check();
  if (!flushed) throw Error("HDF5 cannot write its file", "", "");
}

}  // namespace lutra::h5
