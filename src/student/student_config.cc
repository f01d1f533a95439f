#include "student/student_config.h"

namespace lutra {
namespace {

LayerConfig conv(int channels) { return {.op = "conv", .channels = channels}; }
LayerConfig padded_conv(int channels) { return {.op = "conv", .channels = channels, .pad_rows = 1, .pad_cols = 1}; }
LayerConfig max_pool(int rows, int cols) {
  return {.op = "max_pool", .kernel_rows = rows, .kernel_cols = cols, .stride_rows = rows, .stride_cols = cols};
}
LayerConfig dense(int channels) { return {.op = "dense", .channels = channels}; }

void describe(Fields& f, LayerConfig& c) {
  f.choice("op", c.op, {"conv", "station_conv", "dense", "max_pool", "table"},
           "kind of layer; station_conv: a convolution along the columns for each of the row_groups by itself");
  f.integer("channels", c.channels, {0, 4096},
            "outputs per position (and row group); 0 in the last layer: one per target; max_pool: as its input");
  f.integer("kernel_rows", c.kernel_rows, {1, 64}, "rows of the convolution's or pooling's window");
  f.integer("kernel_cols", c.kernel_cols, {1, 512}, "columns of the convolution's or pooling's window");
  f.integer("stride_rows", c.stride_rows, {1, 64}, "rows between two windows");
  f.integer("stride_cols", c.stride_cols, {1, 512}, "columns between two windows");
  f.integer("pad_rows", c.pad_rows, {0, 32}, "rows of zeros above and below");
  f.integer("pad_cols", c.pad_cols, {0, 256}, "columns of zeros left and right");
  f.integer("groups", c.groups, {1, 4096}, "independent groups of channels");
  f.integers(
      "row_groups", c.row_groups, {1, 64},
      "table, station_conv: rows of each group, from the inside; the pixels of a group in one column address its "
      "table");
}

void describe(Fields& f, HintConfig& c) {
  f.integer("student_layer", c.student_layer, {0, 100}, "student layer the hint pulls on, from 0");
  f.text("teacher_layer", c.teacher_layer,
         "teacher layer it should be able to tell: conv1, conv2, ... or dense1, ..., counted by kind");
  f.number("weight", c.weight, {0, 1e6}, "weight of its mean squared error; teacher maps are scaled to unit variance");
}

void describe(Fields& f, DistillConfig& c) {
  f.flag("enabled", c.enabled, "learn from the teacher, not from the truth alone");
  f.number("truth_share", c.truth_share, {0, 1}, "share of the truth; the teacher's outputs have the rest");
  f.list(
      "hint", "intermediate values of the teacher that guide the student", c.hint.size(),
      [&](std::size_t n) { c.hint.assign(n, HintConfig{}); }, [&](std::size_t i) { describe(f, c.hint[i]); });
}

void describe(Fields& f, LearnConfig& c) {
  f.choice(
      "cost", c.cost, {"ebops", "luts"},
      "unit of the hardware cost: effective bit operations, or LUT as fitted to what the compiler makes of networks");
  f.choice("granularity", c.granularity, {"layer", "channel", "weight"}, "what shares one number of weight bits");
  f.number("start_weight_bits", c.start_weight_bits, {0, 8}, "fractional bits of the weights at the start");
  f.number("start_activation_bits", c.start_activation_bits, {1, 7}, "bits of the activations at the start");
  f.number("first_pressure", c.first_pressure, {1e-12, 1}, "loss per unit of cost at the start");
  f.number("last_pressure", c.last_pressure, {1e-12, 1}, "the same at the end; it grows by equal factors in between");
  f.number(
      "final_share", c.final_share, {0, 1},
      "last learning rate under pressure, as a share of the highest: what is cheap comes late and must still learn");
  f.number("bit_rate", c.bit_rate, {0, 1000}, "learning rate of the bits, as a multiple of the weights'");
  f.integer("points", c.points, {1, 100}, "networks to keep along the front, evenly in the logarithm of their cost");
  f.number("dearest_ebops", c.dearest_ebops, {1, 1e12}, "highest cost of a network to keep [learn.cost]");
  f.integer("polish_epochs", c.polish_epochs, {1, 10000}, "epochs that each of them is trained on, its bits fixed");
  f.group("working_point", "how much background a finished network may accept", [&] { describe(f, c.working_point); });
  f.number("max_ebops", c.max_ebops, {1, 1e12}, "highest cost of the network that becomes network.json [learn.cost]");
}

}  // namespace

StudentConfig::StudentConfig() : layer{conv(1), conv(1), conv(6), conv(6), dense(10), dense(10), dense(0)} {
  train.epochs = 30;
  train.batch_events = 1024;
  train.learning_rate = 4e-3;
}

StudentConfig quantized_teacher_config() {
  StudentConfig config;
  config.name = "quantized_teacher";
  config.bits = 5;
  config.layer = {padded_conv(10), padded_conv(10), max_pool(1, 2), padded_conv(17), padded_conv(17),
                  padded_conv(17), max_pool(2, 2),  dense(10),      dense(10),       dense(0)};
  config.distill.enabled = false;
  config.distill.hint.clear();
  config.float_epochs = 4;
  config.train.epochs = 10;
  config.train.batch_events = 512;
  config.train.learning_rate = 2e-3;
  return config;
}

StudentConfig learned_student() {
  StudentConfig config;
  config.name = "learned";
  config.layer = {{.op = "table", .channels = 2}, dense(12), dense(0)};
  config.output_bits = 8;
  config.distill.hint.clear();
  config.task.outputs = "pt";
  config.task.value_weight = config.task.accept_weight = 0.5;
  config.task.accept_at = {10};
  config.task.accept_width = 2;
  config.task.label_width = 1;
  config.learn.start_weight_bits = config.learn.start_activation_bits = 4;
  config.learn.first_pressure = 3e-7;
  config.learn.last_pressure = 3e-4;
  config.learn.dearest_ebops = config.learn.max_ebops = 3500;
  config.train.epochs = 40;
  return config;
}

void describe(Fields& f, StudentConfig& c) {
  f.text("name", c.name, "name of the network");
  f.choice("precision", c.precision, {"fixed", "ternary", "float"},
           "fixed: n-bit weights and activations; ternary: weights -1, 0, 1 times a power of two, n-bit activations; "
           "float: trained without quantizers, exported with 16 bits");
  f.integer("bits", c.bits, {2, 8}, "bits of weights and activations, all layers but the last");
  f.integer("output_bits", c.output_bits, {4, 16}, "bits of the last layer's weights and of the outputs");
  f.choice("rounding", c.rounding, {"half_up", "half_even"}, "rounding of activations and outputs");
  f.list(
      "layer", "the network, from input to output", c.layer.size(),
      [&](std::size_t n) { c.layer.assign(n, LayerConfig{}); }, [&](std::size_t i) { describe(f, c.layer[i]); });
  f.group("task", "what is asked of the outputs", [&] { describe(f, c.task); });
  f.group("distill", "help from the teacher", [&] { describe(f, c.distill); });
  f.group("learn", "learned precision", [&] { describe(f, c.learn); });
  f.integer("restarts", c.restarts, {0, 100}, "new initialisations when a student dies, before that is an error");
  f.number("slope_outside", c.slope_outside, {0, 1},
           "share of the gradient that passes an activation outside its range");
  f.integer("float_epochs", c.float_epochs, {0, 10000}, "epochs without quantizers before the quantized ones");
  f.group("train", "how the student is trained", [&] { describe(f, c.train); });
}

}  // namespace lutra
