#include "import/csv_lines.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"

namespace lutra {
namespace {

constexpr std::size_t max_line_bytes = 1 << 25;

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

LineReader::LineReader(std::unique_ptr<ByteStream> stream, std::string where, std::size_t block_bytes)
    : stream_(std::move(stream)), where_(std::move(where)), block_bytes_(block_bytes) {
  refill();
  if (buffer_.starts_with("\xef\xbb\xbf")) at_ = 3;
}

bool LineReader::refill() {
  if (ended_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t old = buffer_.size();
  if (old > max_line_bytes)
    throw Error(where_ + " line " + std::to_string(number_ + 1) + " is longer than 32 MiB", "is it a text file?", "");
  buffer_.resize(old + block_bytes_);
  const std::size_t got = stream_->read(std::span(buffer_).subspan(old));
  buffer_.resize(old + got);
  ended_ = got < block_bytes_;
  return got > 0;
}

bool LineReader::next(std::string_view& line) {
  std::size_t end = buffer_.find('\n', at_);
  while (end == std::string::npos) {
    const std::size_t seen = buffer_.size() - at_;
    if (!refill()) break;
    end = buffer_.find('\n', at_ + seen);
  }
  if (end == std::string::npos && at_ == buffer_.size()) return false;
  const std::size_t stop = end == std::string::npos ? buffer_.size() : end;
  line = std::string_view(buffer_).substr(at_, stop - at_);
  at_ = std::min(stop + 1, buffer_.size());
  ++number_;
  if (line.find('\0') != std::string_view::npos)
    throw Error(where_ + " line " + std::to_string(number_) + " holds a NUL byte", "is it a text file?", "");
  if (line.ends_with('\r')) line.remove_suffix(1);
  return true;
}

bool FieldSplitter::split(std::string_view line) {
  fields_.clear();
  if (line.find('"') != std::string_view::npos) return split_quoted(line);
  while (true) {
    if (separator_ == ' ') line = trim(line);
    const std::size_t end = line.find(separator_);
    fields_.push_back(trim(line.substr(0, end)));
    if (end == std::string_view::npos) return true;
    line.remove_prefix(end + 1);
  }
}

bool FieldSplitter::split_quoted(std::string_view line) {
  unquoted_.assign(1, "");
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
      unquoted_.back() += line[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (c != separator_ || quoted)
      unquoted_.back() += c;
    else if (separator_ != ' ' || !unquoted_.back().empty())
      unquoted_.emplace_back();
  }
  for (const std::string& text : unquoted_) fields_.push_back(trim(text));
  return !quoted;
}

bool parse_real(std::string_view text, double& value) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc() && end == text.data() + text.size() && !text.empty();
}

}  // namespace lutra
