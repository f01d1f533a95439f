#pragma once
#include <cstdint>
#include <vector>

namespace lutra {

/// Where a hit comes from (truth).
enum class HitOrigin : std::uint8_t { electronic = 0, cavern = 1, muon = 2, secondary = 3 };

/// One fired strip, packed in 16 bits: cell = layer x strips + strip (14 bits), origin (2 bits). A strip fired by
/// several sources appears once, with the strongest origin: muon, then secondary, cavern, electronic.
class Hit {
 public:
  Hit() = default;
  Hit(int cell, HitOrigin origin) : packed_(static_cast<std::uint16_t>(cell << 2 | static_cast<int>(origin))) {}
  int cell() const { return packed_ >> 2; }
  HitOrigin origin() const { return static_cast<HitOrigin>(packed_ & 3); }
  std::uint16_t packed() const { return packed_; }
  static Hit from_packed(std::uint16_t packed) {
    Hit hit;
    hit.packed_ = packed;
    return hit;
  }

 private:
  std::uint16_t packed_ = 0;
};

inline constexpr int max_cells = 1 << 14;

/// The image that hits live in: rows are detector layers from the inside out, columns projective strips in eta.
struct ImageShape {
  int layers = 9;
  int strips = 384;
  double eta_first = 0.065;    // eta of the low edge of column 0
  double eta_pitch = 0.00255;  // eta per column
  int cells() const { return layers * strips; }
  friend bool operator==(const ImageShape&, const ImageShape&) = default;
};

/// Truth of one muon at the interaction point.
struct Muon {
  float pt_gev = 0;
  float eta = 0;
  float phi = 0;  // [-pi, pi)
  std::int8_t charge = 1;
  friend bool operator==(const Muon&, const Muon&) = default;
};

/// Events side by side; event i owns hits [hit_begin[i], hit_begin[i+1]) sorted by cell, and likewise muons (none for a
/// muon-less event). `first` is the global index of event 0: events are identified by it, also in shards.
struct EventBatch {
  std::uint64_t first = 0;
  std::vector<std::uint32_t> hit_begin = {0};
  std::vector<Hit> hits;
  std::vector<std::uint32_t> muon_begin = {0};
  std::vector<Muon> muons;

  std::size_t size() const { return hit_begin.size() - 1; }
};

}  // namespace lutra
