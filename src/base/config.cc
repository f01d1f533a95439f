#include "base/config.h"

#include "base/contract.h"
#include "base/error.h"

namespace lutra {
namespace {

/// Writes the described values into a JSON object.
class JsonWriter : public Fields {
 public:
  explicit JsonWriter(Json& to) : to_(&to) {}
  using Fields::integer;
  void number(const char* name, double& value, Range, const char*) override { (*to_)[name] = value; }
  void integer(const char* name, std::int64_t& value, Range, const char*) override { (*to_)[name] = value; }
  void flag(const char* name, bool& value, const char*) override { (*to_)[name] = value; }
  void text(const char* name, std::string& value, const char*) override { (*to_)[name] = value; }
  void choice(const char* name, std::string& value, const std::vector<std::string>&, const char*) override {
    (*to_)[name] = value;
  }
  void numbers(const char* name, std::vector<double>& value, Range, const char*) override { (*to_)[name] = value; }
  void integers(const char* name, std::vector<std::int64_t>& value, Range, const char*) override {
    (*to_)[name] = value;
  }
  void group(const char* name, const char*, const std::function<void()>& members) override {
    (*to_)[name] = inside(members);
  }
  void list(const char* name, const char*, std::size_t size, const std::function<void(std::size_t)>&,
            const std::function<void(std::size_t)>& member) override {
    Json items = Json::array();
    for (std::size_t i = 0; i < size; ++i) items.push_back(inside([&] { member(i); }));
    (*to_)[name] = std::move(items);
  }

 private:
  Json inside(const std::function<void()>& members) {
    Json object = Json::object();
    Json* outer = std::exchange(to_, &object);
    members();
    to_ = outer;
    return object;
  }

  Json* to_;
};

}  // namespace

void Fields::integer(const char* name, int& value, Range range, const char* doc) {
  range.lo = std::max(range.lo, static_cast<double>(std::numeric_limits<int>::min()));
  range.hi = std::min(range.hi, static_cast<double>(std::numeric_limits<int>::max()));
  std::int64_t wide = value;
  integer(name, wide, range, doc);
  value = static_cast<int>(wide);
}

Json config_to_json(const Describe& describe) {
  Json json = Json::object();
  JsonWriter writer(json);
  describe(writer);
  return json;
}

}  // namespace lutra
