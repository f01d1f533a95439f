#include "cli/commands.h"

namespace lutra {

const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      run_command(),         study_command(),       simulate_command(), merge_command(),      validate_command(),
      fragment_command(),    import_command(),      inspect_command(),  train_command(),      distill_command(),
      learn_command(),       roads_command(),       fit_command(),      grid_command(),       compile_command(),
      verify_command(),      synth_command(),       evaluate_command(), references_command(), report_command(),
      onnx_import_command(), onnx_export_command(), doctor_command(),   help_page_command(),
  };
  return all;
}

}  // namespace lutra
