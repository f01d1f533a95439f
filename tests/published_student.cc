#include "model/published_student.h"

#include <cstdlib>

/// published_student SEED FILE: the fixed network of the compiler's measures (docs/compiler.md) as network.json.
int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  lutra::write_network(argv[2], lutra::published_student(std::strtoull(argv[1], nullptr, 10)), {});
}
