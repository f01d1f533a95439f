#include "model/unroll.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/budget.h"
#include "base/error.h"
#include "model/layer_geometry.h"

namespace lutra {
namespace {

// With these, a network takes at most 1.5 GB once it is written out.
constexpr std::uint64_t max_products = std::uint64_t{1} << 25;
constexpr std::uint64_t max_elements = std::uint64_t{1} << 21;
constexpr std::uint64_t max_window_cells = std::uint64_t{1} << 28;

class Unroller {
 public:
  explicit Unroller(const Network& network) : network_(network) {
    out_.inputs = network.input.size();
    elements_.spend(static_cast<std::uint64_t>(out_.inputs));
    out_.formats.assign(static_cast<std::size_t>(out_.inputs), network.input_format);
    out_.ranges.assign(static_cast<std::size_t>(out_.inputs), interval_of(network.input_format));
  }

  UnrolledNetwork run() && {
    for (layer_index_ = 0; layer_index_ < static_cast<int>(network_.layers.size()); ++layer_index_) {
      layer_ = &network_.layers[static_cast<std::size_t>(layer_index_)];
      gather_inputs();
      out_.shapes.push_back(output_shape(*layer_, input_shapes_));
      ids_.clear();
      try {
        elements_.spend(static_cast<std::uint64_t>(out_.shapes.back().size()));
        add_layer();
      } catch (const Error& e) {
        throw Error("layer \"" + layer_->name + "\" cannot be computed", e.what(), "");
      }
      out_.layer_elements.push_back(ids_);
    }
    return std::move(out_);
  }

 private:
  void gather_inputs() {
    input_shapes_.clear();
    input_ids_.clear();
    for (const int source : layer_->inputs) {
      if (source == network_input) {
        input_shapes_.push_back(network_.input);
        for (int i = 0; i < out_.inputs; ++i) input_ids_.push_back(i);
      } else {
        const auto s = static_cast<std::size_t>(source);
        input_shapes_.push_back(out_.shapes[s]);
        input_ids_.insert(input_ids_.end(), out_.layer_elements[s].begin(), out_.layer_elements[s].end());
      }
    }
  }

  void add_layer() {
    switch (layer_->op) {
      case Op::dense:
        return add_dense();
      case Op::conv:
        return add_conv();
      case Op::max_pool:
        return add_pool(Node::Kind::max);
      case Op::avg_pool:
        return add_pool(Node::Kind::linear);
      case Op::activation:
        return add_activation();
      case Op::flatten:
      case Op::concat:
        ids_ = input_ids_;
        return;
      case Op::table:
        return add_table();
      case Op::add:
        return add_sum();
      case Op::argmax:
        return add_argmax();
    }
  }

  Format format_of(int id) const { return out_.formats[static_cast<std::size_t>(id)]; }

  Node node(Node::Kind kind, int channel = 0) const {
    Node n;
    n.kind = kind;
    n.layer = layer_index_;
    n.relu = layer_->relu;
    n.quantized = !layer_->output.empty();
    if (n.quantized) n.quantizer = layer_->output[layer_->output.size() == 1 ? 0 : static_cast<std::size_t>(channel)];
    return n;
  }

  /// Puts raw products (element, weight x 2^-weight_frac) on the finest grid among them.
  void put_on_grid(Node& n, int weight_frac, std::int64_t bias, int bias_frac) const {
    n.frac = bias_frac;
    for (const Term& t : n.terms) n.frac = std::max(n.frac, format_of(t.element).frac + weight_frac);
    for (Term& t : n.terms) {
      const int shift = n.frac - weight_frac - format_of(t.element).frac;
      t.weight = shift_left({t.weight, t.weight}, shift).lo;
    }
    n.bias = shift_left({bias, bias}, n.frac - bias_frac).lo;
  }

  void add_channel_node(int channel, std::vector<Term> terms) {
    const auto c = static_cast<std::size_t>(channel);
    Node n = node(Node::Kind::linear, channel);
    n.terms = std::move(terms);
    put_on_grid(n, layer_->weight_frac[c], layer_->bias[c], layer_->bias_frac[c]);
    push(std::move(n));
  }

  void add_dense() {
    const std::size_t width = input_ids_.size();
    for (int c = 0; c < layer_->out_channels; ++c) {
      std::vector<Term> terms;
      for (std::size_t i = 0; i < width; ++i) {
        const std::int64_t w = layer_->weights[static_cast<std::size_t>(c) * width + i];
        if (w != 0) terms.push_back({input_ids_[i], w});
      }
      add_channel_node(c, std::move(terms));
    }
  }

  void add_conv() {
    const Shape& in = input_shapes_[0];
    const int per_group = in.channels / layer_->window.groups;
    const std::size_t kernel = static_cast<std::size_t>(layer_->window.kernel_rows * layer_->window.kernel_cols);
    for_each_position([&](int c, const std::vector<Cell>& cells) {
      std::vector<Term> terms;
      const int first = c / (layer_->out_channels / layer_->window.groups) * per_group;
      for (int i = 0; i < per_group; ++i) {
        const std::size_t base =
            (static_cast<std::size_t>(c) * static_cast<std::size_t>(per_group) + static_cast<std::size_t>(i)) * kernel;
        for (const Cell& cell : cells) {
          const std::int64_t w = layer_->weights[base + static_cast<std::size_t>(cell.kernel_index)];
          if (w != 0) terms.push_back({input_at(first + i, cell), w});
        }
      }
      add_channel_node(c, std::move(terms));
    });
  }

  void add_pool(Node::Kind kind) {
    const auto cells_in_window = static_cast<unsigned>(layer_->window.kernel_rows * layer_->window.kernel_cols);
    for_each_position([&](int c, const std::vector<Cell>& cells) {
      Node n = node(kind, c);
      for (const Cell& cell : cells) n.terms.push_back({input_at(c, cell), 1});
      if (kind == Node::Kind::max) expect_one_format(n);
      put_on_grid(n, 0, 0, -62);
      if (kind == Node::Kind::linear) n.frac += std::countr_zero(cells_in_window);
      push(std::move(n));
    });
  }

  void expect_one_format(const Node& n) const {
    for (const Term& t : n.terms)
      if (format_of(t.element) != format_of(n.terms[0].element))
        throw Error("max pooling needs one number format in a channel", "", "");
  }

  void add_activation() {
    const int per_channel = input_shapes_[0].rows * input_shapes_[0].cols;
    for (std::size_t i = 0; i < input_ids_.size(); ++i)
      add_plain(static_cast<int>(i) / per_channel, {{input_ids_[i], 1}});
  }

  void add_sum() {
    const auto size = static_cast<std::size_t>(input_shapes_[0].size());
    const int per_channel = input_shapes_[0].rows * input_shapes_[0].cols;
    for (std::size_t i = 0; i < size; ++i) {
      std::vector<Term> terms;
      for (std::size_t k = 0; k < input_shapes_.size(); ++k) terms.push_back({input_ids_[k * size + i], 1});
      add_plain(static_cast<int>(i) / per_channel, std::move(terms));
    }
  }

  void add_plain(int channel, std::vector<Term> terms) {
    Node n = node(Node::Kind::linear, channel);
    n.terms = std::move(terms);
    put_on_grid(n, 0, 0, -62);
    push(std::move(n));
  }

  void add_argmax() {
    Node n = node(Node::Kind::argmax);
    for (const int id : input_ids_) n.terms.push_back({id, 1});
    put_on_grid(n, 0, 0, -62);
    push(std::move(n));
  }

  void add_table() {
    const int per_channel = input_shapes_[0].rows * input_shapes_[0].cols;
    const std::size_t elements_per_table = input_ids_.size() / layer_->table.size();
    for (std::size_t i = 0; i < input_ids_.size(); ++i) {
      Node n = node(Node::Kind::table, static_cast<int>(i) / per_channel);
      n.terms = {{input_ids_[i], 1}};
      n.table = &layer_->table[i / elements_per_table];
      const Format format = format_of(input_ids_[i]);
      if (format.bits > 20 || n.table->size() != std::size_t{1} << format.bits)
        throw Error("a table has " + std::to_string(n.table->size()) + " entries",
                    "its input has " + std::to_string(format.bits) + " bits (at most 20)", "");
      n.table_min = format.min();
      push(std::move(n));
    }
  }

  struct Cell {
    int row, col, kernel_index;
  };

  int input_at(int channel, const Cell& cell) const {
    const Shape& in = input_shapes_[0];
    return input_ids_[static_cast<std::size_t>((channel * in.rows + cell.row) * in.cols + cell.col)];
  }

  /// Calls visit(channel, cells of the window inside the image) for every output element in order.
  template <class Visit>
  void for_each_position(const Visit& visit) {
    const Shape& in = input_shapes_[0];
    const Shape& shape = out_.shapes.back();
    const Window& w = layer_->window;
    window_cells_.spend(static_cast<std::uint64_t>(w.kernel_rows * w.kernel_cols) *
                        static_cast<std::uint64_t>(shape.size()));
    for (int c = 0; c < shape.channels; ++c)
      for (int r = 0; r < shape.rows; ++r)
        for (int q = 0; q < shape.cols; ++q) {
          std::vector<Cell> cells;
          for (int k = 0; k < w.kernel_rows * w.kernel_cols; ++k) {
            const int row = r * w.stride_rows - w.pad_top + k / w.kernel_cols;
            const int col = q * w.stride_cols - w.pad_left + k % w.kernel_cols;
            if (row >= 0 && row < in.rows && col >= 0 && col < in.cols) cells.push_back({row, col, k});
          }
          visit(c, cells);
        }
  }

  void push(Node n) {
    products_.spend(n.terms.size());
    const auto [format, range] = n.kind == Node::Kind::linear ? finish_linear(n) : finish_other(n);
    ids_.push_back(out_.inputs + static_cast<int>(out_.nodes.size()));
    out_.formats.push_back(format);
    out_.ranges.push_back(range);
    out_.nodes.push_back(std::move(n));
  }

  Interval sum_range(const Node& n) const {
    Interval sum{n.bias, n.bias};
    for (const Term& t : n.terms) sum = sum + out_.ranges[static_cast<std::size_t>(t.element)] * t.weight;
    return sum;
  }

  /// Partial sums must fit too, in any order: the sum of magnitudes bounds them.
  std::int64_t magnitude_of(const Node& n) const {
    Interval sum = hull(Interval{0, 0} - Interval{n.bias, n.bias}, {n.bias, n.bias});
    for (const Term& t : n.terms) {
      const Interval product = out_.ranges[static_cast<std::size_t>(t.element)] * t.weight;
      sum = sum + hull(Interval{0, 0} - product, product);
    }
    return sum.hi;
  }

  std::pair<Format, Interval> finish_linear(Node& n) const {
    n.accumulator = sum_range(n);
    n.magnitude = magnitude_of(n);
    Interval range = n.accumulator;
    if (n.relu) range = {std::max<std::int64_t>(range.lo, 0), std::max<std::int64_t>(range.hi, 0)};
    if (!n.quantized) return {smallest_format(range, n.frac), range};
    return {n.quantizer.format, quantize(range, n.frac, n.quantizer)};
  }

  /// Many elements share a table.
  Interval range_of_table(const std::vector<std::int64_t>* table) {
    if (table == last_table_) return last_range_;
    last_table_ = table;
    const auto [lo, hi] = std::minmax_element(table->begin(), table->end());
    return last_range_ = {*lo, *hi};
  }

  std::pair<Format, Interval> finish_other(Node& n) {
    if (n.kind == Node::Kind::argmax) {
      const Interval range{0, static_cast<std::int64_t>(n.terms.size()) - 1};
      return {smallest_format(range, 0), range};
    }
    if (n.kind == Node::Kind::max) {
      Interval range = out_.ranges[static_cast<std::size_t>(n.terms[0].element)];
      for (const Term& t : n.terms) {
        const Interval r = out_.ranges[static_cast<std::size_t>(t.element)];
        range = {std::max(range.lo, r.lo), std::max(range.hi, r.hi)};
      }
      return {format_of(n.terms[0].element), range};
    }
    const Interval range = range_of_table(n.table);
    if (!n.quantized) throw Error("a table needs an output format", "", "");
    if (!interval_of(n.quantizer.format).contains(range.lo) || !interval_of(n.quantizer.format).contains(range.hi))
      throw Error("a table entry is outside its output format " + to_string(n.quantizer.format), "", "");
    return {n.quantizer.format, range};
  }

  const Network& network_;
  const Layer* layer_ = nullptr;
  int layer_index_ = 0;
  std::vector<Shape> input_shapes_;
  std::vector<int> input_ids_;
  std::vector<int> ids_;
  const std::vector<std::int64_t>* last_table_ = nullptr;
  Interval last_range_;
  Budget products_{"products in the network", max_products};
  Budget elements_{"elements in all layers", max_elements};
  Budget window_cells_{"cells under all windows", max_window_cells};
  UnrolledNetwork out_;
};

}  // namespace

UnrolledNetwork unroll(const Network& network) {
  check_structure(network);
  return Unroller(network).run();
}

}  // namespace lutra
