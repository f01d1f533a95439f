#include "import/zip_stream.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>

#include "base/file_error.h"

namespace lutra {
namespace {

class ZipStream : public ByteStream {
 public:
  ZipStream(const std::filesystem::path& path, const ZipEntry& entry, std::uint64_t data_at)
      : entry_(entry), where_(path.string() + ": \"" + entry.name + "\""), file_(path, std::ios::binary) {
    file_.seekg(static_cast<std::streamoff>(data_at));
    if (!file_) throw file_error("read", path, errno);
    if (entry.method != 0 && inflateInit2(&inflate_, -MAX_WBITS) != Z_OK)
      throw Error("cannot decompress " + where_, "out of memory", "");
  }
  ~ZipStream() override {
    if (entry_.method != 0) inflateEnd(&inflate_);
  }
  ZipStream(const ZipStream&) = delete;
  ZipStream& operator=(const ZipStream&) = delete;

  std::size_t read(std::span<char> to) override {
    const std::size_t wanted = std::min<std::uint64_t>(to.size(), entry_.bytes - done_);
    std::size_t got = 0;
    while (got < wanted) {
      const std::span<char> rest = to.subspan(got, wanted - got);
      const std::size_t step = entry_.method == 0 ? copy(rest) : inflate_into(rest);
      if (step == 0) throw damaged("it ends early");
      got += step;
    }
    crc_ = static_cast<std::uint32_t>(crc32_z(crc_, reinterpret_cast<const Bytef*>(to.data()), got));
    done_ += got;
    if (done_ == entry_.bytes && crc_ != entry_.crc) throw damaged("its CRC does not match");
    return got;
  }

 private:
  Error damaged(const std::string& why) const { return {where_ + " is damaged", why, "Copy or write the file again"}; }

  std::size_t copy(std::span<char> to) {
    file_.read(to.data(), static_cast<std::streamsize>(std::min<std::size_t>(to.size(), 1 << 24)));
    return static_cast<std::size_t>(file_.gcount());
  }

  void refill() {
    const auto step = std::min<std::uint64_t>(packed_.size(), entry_.packed_bytes - taken_);
    file_.read(packed_.data(), static_cast<std::streamsize>(step));
    taken_ += static_cast<std::uint64_t>(file_.gcount());
    inflate_.next_in = reinterpret_cast<Bytef*>(packed_.data());
    inflate_.avail_in = static_cast<uInt>(file_.gcount());
  }

  std::size_t inflate_into(std::span<char> to) {
    const auto room = static_cast<uInt>(std::min<std::size_t>(to.size(), 1 << 24));
    inflate_.next_out = reinterpret_cast<Bytef*>(to.data());
    inflate_.avail_out = room;
    while (inflate_.avail_out == room) {
      if (inflate_.avail_in == 0) refill();
      if (inflate_.avail_in == 0) return 0;
      const int code = ::inflate(&inflate_, Z_NO_FLUSH);
      if (code == Z_STREAM_END) break;
      if (code != Z_OK) throw damaged(inflate_.msg ? inflate_.msg : "it cannot be decompressed");
    }
    return room - inflate_.avail_out;
  }

  ZipEntry entry_;
  std::string where_;
  std::ifstream file_;
  z_stream inflate_{};
  std::array<char, 1 << 16> packed_{};
  std::uint64_t taken_ = 0;  // compressed bytes read
  std::uint64_t done_ = 0;   // uncompressed bytes given
  std::uint32_t crc_ = 0;
};

}  // namespace

std::unique_ptr<ByteStream> make_zip_stream(const std::filesystem::path& path, const ZipEntry& entry,
                                            std::uint64_t data_at) {
  return std::make_unique<ZipStream>(path, entry, data_at);
}

}  // namespace lutra
