#pragma once
#include "cli/command.h"

namespace lutra {

Command run_command();
Command study_command();
Command simulate_command();
Command merge_command();
Command validate_command();
Command fragment_command();
Command import_command();
Command inspect_command();
Command train_command();
Command distill_command();
Command learn_command();
Command roads_command();
Command fit_command();
Command grid_command();
Command compile_command();
Command verify_command();
Command synth_command();
Command evaluate_command();
Command references_command();
Command report_command();
Command onnx_import_command();
Command onnx_export_command();
Command doctor_command();
Command help_page_command();

}  // namespace lutra
