#include "verify/driver.h"

namespace lutra {

const char* const driver_source = R"cpp(
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <type_traits>
#include <vector>

#include "Vdesign.h"
#include "verilated.h"

  namespace {

  using Words = std::vector<std::uint32_t>;

  template <class Port>
  void drive(Port& port, const Words& words) {
    if constexpr (std::is_integral_v<Port>) {
      std::uint64_t value = 0;
      for (std::size_t i = 0; i < words.size(); ++i) value |= std::uint64_t{words[i]} << (32 * i);
      port = static_cast<Port>(value);
    } else {
      for (std::size_t i = 0; i < words.size(); ++i) port[i] = words[i];
    }
  }

  template <class Port>
  void sample(const Port& port, Words& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if constexpr (std::is_integral_v<Port>)
        words[i] = static_cast<std::uint32_t>(std::uint64_t{port} >> (32 * i));
      else
        words[i] = port[i];
    }
  }

  void check(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "driver: %s (%s)\n", what, errno ? std::strerror(errno) : "no reason");
    std::exit(3);
  }

  template <class T>
  T read(std::FILE* file) {
    T value;
    check(std::fread(&value, sizeof value, 1, file) == 1, "cannot read the stimuli");
    return value;
  }

  struct Response {
    std::int32_t latency = -1;
    Words data;
  };

  class Bench {
   public:
    Bench(std::uint32_t in_words, std::uint32_t in_bits, std::uint32_t out_words, std::uint32_t seed,
          std::uint64_t events)
        : in_bits_(in_bits), in_(in_words), garbage_(seed | 1) {
      responses.assign(events, Response{-1, Words(out_words)});
      context_.randReset(2);
      context_.randSeed(static_cast<int>(seed | 1));
      design_ = new Vdesign(&context_);
    }
    ~Bench() {
      design_->final();
      delete design_;
    }

    void reset() {
      for (int i = 0; i < 3; ++i) cycle(true, i == 1, nullptr);
      due_.clear();
    }
    void idle(std::uint32_t cycles) {
      for (std::uint32_t i = 0; i < cycles; ++i) cycle(false, false, nullptr);
    }
    /// One clock of an event's input; its output is due after the last.
    void event(const Words& data, bool is_last) { cycle(false, true, &data, is_last); }
    /// An event that the next reset wipes out, and idle cycles; outputs are of no interest.
    void doomed_event(const std::vector<Words>& chunks, std::uint32_t idle_after) {
      for (const Words& data : chunks) cycle(false, true, &data, false, false);
      for (std::uint32_t i = 0; i < idle_after; ++i) cycle(false, false, nullptr, false, false);
    }

    std::uint64_t unexpected = 0;
    std::vector<Response> responses;

   private:
    void scramble() {
      for (std::uint32_t& word : in_) {
        garbage_ ^= garbage_ << 13, garbage_ ^= garbage_ >> 7, garbage_ ^= garbage_ << 17;
        word = static_cast<std::uint32_t>(garbage_ >> 16);
      }
      if (in_bits_ % 32) in_.back() &= (1u << (in_bits_ % 32)) - 1;
    }

    void cycle(bool reset, bool valid, const Words* data, bool is_due = false, bool is_watched = true) {
      design_->clk = 0;
      design_->rst = reset;
      design_->in_valid = valid;
      if (data) {
        drive(design_->in_data, *data);
      } else {
        scramble();
        drive(design_->in_data, in_);
      }
      if (is_due) due_.push_back({next_event_++, now_});
      design_->eval();
      if (!reset && is_watched && design_->out_valid) collect();
      design_->clk = 1;
      design_->eval();
      ++now_;
    }

    void collect() {
      if (due_.empty()) {
        ++unexpected;
        return;
      }
      const Issue issue = due_.front();
      due_.pop_front();
      Response& response = responses[issue.event];
      response.latency = static_cast<std::int32_t>(now_ - issue.time);
      sample(design_->out_data, response.data);
    }

    struct Issue {
      std::uint64_t event;
      std::uint64_t time;
    };

    VerilatedContext context_;
    Vdesign* design_;
    std::uint32_t in_bits_;
    Words in_;
    std::uint64_t garbage_;
    std::uint64_t now_ = 0, next_event_ = 0;
    std::deque<Issue> due_;
  };

  }  // namespace

  int main(int argc, char** argv) {
    check(argc == 3, "usage: driver STIMULI RESPONSES");
    std::FILE* stimuli = std::fopen(argv[1], "rb");
    check(stimuli, "cannot open the stimuli");
    const auto in_words = read<std::uint32_t>(stimuli);
    const auto out_words = read<std::uint32_t>(stimuli);
    const auto in_bits = read<std::uint32_t>(stimuli);
    const auto interval = read<std::uint32_t>(stimuli);
    const auto drain = read<std::uint32_t>(stimuli);
    const auto seed = read<std::uint32_t>(stimuli);
    const auto chunks = read<std::uint32_t>(stimuli);
    const auto events = read<std::uint64_t>(stimuli);

    Bench bench(in_words, in_bits, out_words, seed, events);
    bench.reset();
    bench.idle(drain);
    std::vector<Words> data(chunks, Words(in_words));
    bench.doomed_event(data, interval / 2);  // the first event comes while the hardware would be busy with this one
    bench.reset();
    for (std::uint64_t i = 0; i < events; ++i) {
      bench.idle(read<std::uint32_t>(stimuli));
      for (std::uint32_t k = 0; k < chunks; ++k) {
        check(std::fread(data[k].data(), 4, in_words, stimuli) == in_words, "the stimuli are cut short");
        bench.event(data[k], k + 1 == chunks);
      }
      bench.idle(interval - chunks);
    }
    bench.idle(drain);
    bench.doomed_event(data, 0);
    bench.reset();
    bench.idle(drain);

    std::FILE* out = std::fopen(argv[2], "wb");
    check(out, "cannot write the responses");
    bool whole = std::fwrite(&bench.unexpected, 8, 1, out) == 1;
    for (const Response& response : bench.responses) {
      whole = whole && std::fwrite(&response.latency, 4, 1, out) == 1;
      whole = whole && std::fwrite(response.data.data(), 4, out_words, out) == out_words;
    }
    check(std::fclose(out) == 0 && whole, "cannot write the responses");
    return 0;
  }
)cpp";

}  // namespace lutra
