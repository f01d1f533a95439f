#include "ranks/ranks.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>

#include "base/error.h"

#ifdef LUTRA_GLOO
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#endif

namespace lutra {
namespace {

constexpr const char* howto = "Start it with torchrun, or set RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT";

int number_in(const char* name, int lo, int hi) {
  const char* text = std::getenv(name);
  if (!text) throw Error(std::string("environment variable ") + name + " is not set", "WORLD_SIZE is above 1", howto);
  char* end = nullptr;
  const long value = std::strtol(text, &end, 10);
  if (end == text || *end != 0 || value < lo || value > hi)
    throw Error(std::string("environment variable ") + name + " is \"" + text + "\"",
                "it must be a whole number from " + std::to_string(lo) + " to " + std::to_string(hi), howto);
  return static_cast<int>(value);
}

#ifdef LUTRA_GLOO

constexpr std::chrono::minutes patience{10};

/// libtorch's Gloo process group, met through rank 0's TCP store.
class GlooWorkers : public Workers {
 public:
  GlooWorkers(int rank, int size, const std::string& address, int port) : rank_(rank), size_(size) {
    c10d::TCPStoreOptions where;
    where.port = static_cast<std::uint16_t>(port);
    where.isServer = rank == 0;
    where.numWorkers = static_cast<std::size_t>(size);
    where.timeout = patience;
    auto options = c10d::ProcessGroupGloo::Options::create();
    options->timeout = patience;
    const bool local = address == "localhost" || address.starts_with("127.");
    options->devices.push_back(local ? c10d::ProcessGroupGloo::createDeviceForHostname(address)
                                     : c10d::ProcessGroupGloo::createDefaultDevice());
    group_ = c10::make_intrusive<c10d::ProcessGroupGloo>(c10::make_intrusive<c10d::TCPStore>(address, where), rank,
                                                         size, options);
  }

  int rank() const override { return rank_; }
  int size() const override { return size_; }

  std::vector<std::vector<std::byte>> gather(std::span<const std::byte> part) override {
    const auto length = static_cast<std::int64_t>(part.size());
    std::vector<at::Tensor> own = {at::empty({length}, at::kByte)};
    std::vector<std::vector<at::Tensor>> all(1);
    for (int r = 0; r < size_; ++r) all[0].push_back(at::empty({length}, at::kByte));
    std::ranges::copy(part, static_cast<std::byte*>(own[0].data_ptr()));
    try {
      group_->allgather(all, own)->wait();
    } catch (const std::exception& e) {
      throw Error("another process of this training is gone", first_line(e), "Start all of them again: they resume");
    }
    std::vector<std::vector<std::byte>> parts;
    for (const at::Tensor& tensor : all[0]) {
      const auto* bytes = static_cast<const std::byte*>(tensor.data_ptr());
      parts.emplace_back(bytes, bytes + part.size());
    }
    return parts;
  }

  static std::string first_line(const std::exception& e) {
    const std::string text = e.what();
    return text.substr(0, text.find('\n'));
  }

 private:
  int rank_, size_;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> group_;
};

std::unique_ptr<Workers> connect(int rank, int size, const std::string& address, int port) {
  try {
    return std::make_unique<GlooWorkers>(rank, size, address, port);
  } catch (const std::exception& e) {
    throw Error("the processes of this training cannot meet at " + address + ":" + std::to_string(port),
                GlooWorkers::first_line(e), howto);
  }
}

#else

std::unique_ptr<Workers> connect(int, int, const std::string&, int) {
  throw Error("this build trains in one process only", "Gloo's headers were missing when it was built",
              "Install libgloo-dev and build again, or unset WORLD_SIZE");
}

#endif

}  // namespace

std::unique_ptr<Workers> workers_from_environment() {
  if (!std::getenv("WORLD_SIZE")) return nullptr;
  const int size = number_in("WORLD_SIZE", 1, 4096);
  if (size == 1) return nullptr;
  const int rank = number_in("RANK", 0, size - 1);
  const int port = number_in("MASTER_PORT", 1, 65535);
  const char* address = std::getenv("MASTER_ADDR");
  if (!address) throw Error("environment variable MASTER_ADDR is not set", "WORLD_SIZE is above 1", howto);
  return connect(rank, size, address, port);
}

}  // namespace lutra
