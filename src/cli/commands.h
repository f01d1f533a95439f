#pragma once
#include "cli/command.h"

namespace lutra {

Command run_command();
Command study_command();
Command simulate_command();
Command fragment_command();
Command train_command();
Command distill_command();
Command compile_command();
Command verify_command();
Command synth_command();
Command evaluate_command();
Command report_command();
Command doctor_command();
Command help_page_command();

}  // namespace lutra
