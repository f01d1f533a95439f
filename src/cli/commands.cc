#include "cli/commands.h"

namespace lutra {

const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      run_command(),     study_command(),  simulate_command(), fragment_command(), train_command(),
      distill_command(), compile_command(), verify_command(),  synth_command(),    evaluate_command(),
      report_command(),  doctor_command(),   help_page_command(),
  };
  return all;
}

}  // namespace lutra
