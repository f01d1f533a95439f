# lutra_folder(NAME DEPENDS folder... LINKS library... [TEST_LINKS library...])
#
# One folder of src/ is one library, lutra_NAME, made of its *.cc files. *.test.cc become NAME_test (run by
# ctest) and *.perf.cc become NAME_perf (run by ./dev bench). DEPENDS is the layering: tests/layering.test.cc
# reads these calls and compares them with every #include.
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(rapidcheck REQUIRED)

function(lutra_folder name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINKS;TEST_LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cc)
  file(GLOB tests CONFIGURE_DEPENDS *.test.cc)
  file(GLOB benchmarks CONFIGURE_DEPENDS *.perf.cc)
  list(REMOVE_ITEM sources ${tests} ${benchmarks} ${CMAKE_CURRENT_SOURCE_DIR}/main.cc "")
  list(TRANSFORM ARG_DEPENDS PREPEND lutra_)

  if(sources)
    add_library(lutra_${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(lutra_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(lutra_${name} ${scope} ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(lutra_${name} ${scope} ${ARG_DEPENDS} ${ARG_LINKS})

  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE lutra_${name} rapidcheck GTest::gtest_main ${ARG_TEST_LINKS})
    target_compile_definitions(${name}_test PRIVATE LUTRA_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name}_test)
    set_tests_properties(${name} PROPERTIES TIMEOUT 900)
  endif()
  if(benchmarks)
    add_executable(${name}_perf ${benchmarks})
    target_link_libraries(${name}_perf PRIVATE lutra_${name} benchmark::benchmark_main)
  endif()
endfunction()
