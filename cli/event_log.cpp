#include "cli/event_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

#include "cli/files.h"

namespace schemac {
namespace {

// ISO 8601 with milliseconds, UTC.
std::string now() {
  using namespace std::chrono;
  const auto since = system_clock::now().time_since_epoch();
  const std::time_t seconds = duration_cast<std::chrono::seconds>(since).count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text.data() + size, text.size() - size, ".%03dZ",
                static_cast<int>(duration_cast<milliseconds>(since).count() % 1000));
  return text.data();
}

}  // namespace

EventLog::EventLog(const std::string& path)
    : descriptor_(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
  if (descriptor_ < 0) throw FileError("cannot write", path, errno);
}

EventLog::~EventLog() {
  close(descriptor_);
}

void EventLog::write(const RunEvent& event) {
  nlohmann::ordered_json json{{"time", now()}, {"event", event.kind}};
  if (!event.revision.empty()) json["revision"] = event.revision;
  if (event.step > 0) json["step"] = event.step;
  if (event.steps > 0) json["steps"] = event.steps;
  if (!event.text.empty()) json["message"] = event.text;
  if (!event.sqlstate.empty()) json["sqlstate"] = event.sqlstate;
  if (event.seconds > 0) json["seconds"] = event.seconds;
  const std::string line =
      json.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + "\n";
  [[maybe_unused]] const ssize_t written = ::write(descriptor_, line.data(), line.size());
}

}  // namespace schemac
