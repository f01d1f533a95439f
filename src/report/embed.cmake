# cmake -DOUTPUT=embedded.S -DFILES=a;b -P embed.cmake
#
# Writes an assembler file that holds the bytes of FILES (.incbin) and a table of (name, begin, end) that embedded.cc
# searches, and OUTPUT.d with what it read, so that a new bundle is noticed.
set(bytes "")
set(table "")
set(index 0)
foreach(file IN LISTS FILES)
  if(NOT EXISTS ${file})
    message(FATAL_ERROR "The report's script ${file} is missing. Run ./dev build, or npm ci && npm run build in src/report/web.")
  endif()
  get_filename_component(name ${file} NAME)
  string(APPEND bytes "name_${index}: .asciz \"${name}\"\nbegin_${index}: .incbin \"${file}\"\nend_${index}: .byte 0\n")
  string(APPEND table "  .quad name_${index}, begin_${index}, end_${index}\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUTPUT} "  .section .rodata\n${bytes}\n  .section .data.rel.ro, \"aw\"\n  .balign 8
  .global lutra_embedded_table\nlutra_embedded_table:\n${table}  .quad 0, 0, 0\n  .section .note.GNU-stack,\"\"\n")
string(REPLACE ";" " " inputs "${FILES}")
file(WRITE ${OUTPUT}.d "${OUTPUT}: ${inputs}\n")
