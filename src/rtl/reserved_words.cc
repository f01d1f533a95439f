#include "rtl/reserved_words.h"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <string>
#include <unordered_set>

namespace lutra {
namespace {

/// IEEE 1800-2017 annex B, IEEE 1076-2008 section 15.10 and C++20 [lex.key].
constexpr const char* keywords =
    "abs accept_on access after alias alignas alignof all always always_comb always_ff always_latch and and_eq "
    "architecture array asm assert assign assume assume_guarantee attribute auto automatic before begin bind bins "
    "binsof bit bitand bitor block body bool break buf buffer bufif0 bufif1 bus byte case casex casez catch cell "
    "chandle char char16_t char32_t char8_t checker class clocking cmos co_await co_return co_yield compl component "
    "concept config configuration const const_cast constant consteval constexpr constinit constraint context continue "
    "cover covergroup coverpoint cross deassign decltype default defparam delete design disable disconnect dist do "
    "double downto dynamic_cast edge else elsif end endcase endchecker endclass endclocking endconfig endfunction "
    "endgenerate endgroup endinterface endmodule endpackage endprimitive endprogram endproperty endsequence "
    "endspecify endtable endtask entity enum event eventually exit expect explicit export extends extern fairness "
    "false file final first_match float for force foreach forever fork forkjoin friend function generate generic "
    "genvar global goto group guarded highz0 highz1 if iff ifnone ignore_bins illegal_bins implements implies import "
    "impure in incdir include inertial initial inline inout input inside instance int integer interconnect interface "
    "intersect is join join_any join_none label large let liblist library linkage literal local localparam logic long "
    "loop macromodule map matches medium mod modport module mutable namespace nand negedge nettype new next nexttime "
    "nmos noexcept nor noshowcancelled not not_eq notif0 notif1 null nullptr of on open operator or or_eq others out "
    "output package packed parameter pmos port posedge postponed primitive priority private procedure process program "
    "property protected public pull0 pull1 pulldown pullup pulsestyle_ondetect pulsestyle_onevent pure rand randc "
    "randcase randsequence range rcmos real realtime record ref reg register reinterpret_cast reject reject_on "
    "release rem repeat report requires restrict restrict_guarantee return rnmos rol ror rpmos rtran rtranif0 "
    "rtranif1 s_always s_eventually s_nexttime s_until s_until_with scalared select sequence severity shared short "
    "shortint shortreal showcancelled signal signed sizeof sla sll small soft solve specify specparam sra srl static "
    "static_assert static_cast string strong strong0 strong1 struct subtype super supply0 supply1 switch "
    "sync_accept_on sync_reject_on table tagged task template then this thread_local throughout throw time "
    "timeprecision timeunit to tran tranif0 tranif1 transport tri tri0 tri1 triand trior trireg true try type typedef "
    "typeid typename unaffected union unique unique0 units unsigned until until_with untyped use using var variable "
    "vectored virtual vmode void volatile vprop vunit wait wait_order wand wchar_t weak weak0 weak1 while wildcard "
    "wire with within wor xnor xor xor_eq";

/// What C++ headers declare outside namespaces: functions of C's library, other names and macros.
constexpr const char* library =
    "abort acos acosf acosh acoshf acoshl acosl aligned_alloc asctime asin asinf asinh asinhf asinhl asinl "
    "at_quick_exit atan atan2 atan2f atan2l atanf atanh atanhf atanhl atanl atexit atof atoi atol atoll bsearch "
    "calloc cbrt cbrtf cbrtl ceil ceilf ceill clearerr clock copysign copysignf copysignl cos cosf cosh coshf coshl "
    "cosl ctime difftime div drem driver eof erf erfc erfcf erfcl erff erfl errno exp exp2 exp2f exp2l expf expl "
    "expm1 expm1f expm1l fabs fabsf fabsl fclose fdim fdimf fdiml feof ferror fflush fgetc fgetpos fgets floor floorf "
    "floorl fma fmaf fmal fmax fmaxf fmaxl fmin fminf fminl fmod fmodf fmodl fopen fprintf fputc fputs fread free "
    "freopen frexp frexpf frexpl fscanf fseek fsetpos ftell fwrite gamma getc getchar getenv gmtime hypot hypotf "
    "hypotl ilogb ilogbf ilogbl index infinity isalnum isalpha isblank iscntrl isdigit isgraph islower isprint "
    "ispunct isspace isupper isxdigit j0 j1 jn labs ldexp ldexpf ldexpl ldiv lgamma lgammaf lgammal linux llabs lldiv "
    "llrint llrintf llrintl llround llroundf llroundl localtime log log10 log10f log10l log1p log1pf log1pl log2 "
    "log2f log2l logb logbf logbl logf logl lrint lrintf lrintl lround lroundf lroundl main malloc mblen mbstowcs "
    "mbtowc memchr memcmp memcpy memmove memset mktime model modf modff modfl nan nanf nanl nearbyint nearbyintf "
    "nearbyintl nextafter nextafterf nextafterl nexttoward nexttowardf nexttowardl perror pow powf powl printf putc "
    "putchar puts qsort quick_exit realloc remainder remainderf remainderl remove remquo remquof remquol rename "
    "rewind rindex rint rintf rintl round roundf roundl scalbln scalblnf scalblnl scalbn scalbnf scalbnl scanf setbuf "
    "setvbuf significand sin sinf sinh sinhf sinhl sinl snprintf sprintf sqrt sqrtf sqrtl srand sscanf std stderr "
    "stdin stdout strcat strchr strcmp strcoll strcpy strcspn strerror strftime strlen strncat strncmp strncpy "
    "strpbrk strrchr strspn strstr strtod strtof strtok strtol strtold strtoll strtoul strtoull strxfrm system tan "
    "tanf tanh tanhf tanhl tanl tgamma tgammaf tgammal timespec_get tmpfile tmpnam tolower toupper trunc truncf "
    "truncl ungetc unix vfprintf vfscanf vprintf vscanf vsnprintf vsprintf vsscanf wcstombs wctomb y0 y1 yn";

/// Ports, wires and functions of the text that Lutra writes around a module.
constexpr const char* ours =
    "accept answer answered cells clk clock core dut errors eta evaluate even expected found ieee inputs numeric_std "
    "outputs position pt received ring rst sent start std_logic std_logic_1164 std_logic_vector wait_clocks wide_eta "
    "wide_start work wrap_signed wrap_unsigned wrapper";

/// How names of ours that are numbered or meet several others begin.
constexpr const char* our_beginnings[] = {"in_", "out_", "layer", "lutra", "start_", "valid_", "tb_", "vdesign"};

std::unordered_set<std::string> all_words() {
  std::unordered_set<std::string> words;
  for (const char* list : {keywords, library, ours}) {
    std::istringstream in(list);
    for (std::string word; in >> word;) words.insert(word);
  }
  return words;
}

}  // namespace

bool is_reserved(std::string_view text) {
  static const std::unordered_set<std::string> words = all_words();
  std::string word(text);
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::tolower(c); });
  return words.contains(word) || word.ends_with("_t") ||  // types
         std::any_of(std::begin(our_beginnings), std::end(our_beginnings),
                     [&](const char* beginning) { return word.starts_with(beginning); });
}

}  // namespace lutra
