#include "tests/cli/wire_proxy.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace schemac::test {
namespace {

namespace fs = std::filesystem;
constexpr int kPollMs = 20;

// The value of a parameter of a connection string that is a URL.
std::string parameter(const std::string& url, const std::string& name) {
  const std::size_t at = url.find(name + "=");
  if (at == std::string::npos) throw std::runtime_error("no " + name + " in " + url);
  const std::size_t begin = at + name.size() + 1;
  return url.substr(begin, url.find('&', begin) - begin);
}

std::string decoded(std::string text) {
  for (std::size_t at = 0; (at = text.find('%', at)) != std::string::npos; ++at)
    text.replace(at, 3, 1, static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16)));
  return text;
}

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) throw std::runtime_error("path too long: " + path);
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

bool write_all(int to, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t written = send(to, bytes, count, MSG_NOSIGNAL);
    if (written <= 0) return false;
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

std::uint32_t length_at(const std::string& bytes, std::size_t at) {
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < 4; ++i)
    length = length << 8 | static_cast<unsigned char>(bytes[at + i]);
  return length;
}

// The next whole message of `buffer`, taken out of it; "" where there is none yet.
std::string take_message(std::string& buffer, bool has_type) {
  const std::size_t head = has_type ? 1 : 0;
  if (buffer.size() < head + 4) return {};
  const std::size_t size = head + length_at(buffer, head);
  if (buffer.size() < size) return {};
  std::string message = buffer.substr(0, size);
  buffer.erase(0, size);
  return message;
}

bool read_some(int from, std::string& buffer) {
  char bytes[1 << 14];
  const ssize_t count = read(from, bytes, sizeof bytes);
  if (count <= 0) return false;
  buffer.append(bytes, static_cast<std::size_t>(count));
  return true;
}

}  // namespace

// A program's connection and the server's end of it.
struct WireProxy::Link {
  int program = -1, server = -1;
  std::string from_program, from_server;
  bool begun = false;
  bool awaited = false;  // the answer to the query is what the action waits for
  int backend = 0;

  ~Link() {
    for (int end : {program, server})
      if (end >= 0) close(end);
  }
};

WireProxy::WireProxy(const std::string& url)
    : server_(decoded(parameter(url, "host")) + "/.s.PGSQL." + parameter(url, "port")),
      port_(parameter(url, "port")) {
  std::string made = (fs::temp_directory_path() / "schemac-proxy-XXXXXX").string();
  if (mkdtemp(made.data()) == nullptr) throw std::runtime_error("cannot make " + made);
  folder_ = made;
  const sockaddr_un address = address_of(folder_ + "/.s.PGSQL." + port_);
  listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener_, 16) != 0)
    throw std::runtime_error("cannot listen in " + folder_);
  acceptor_ = std::thread([this] { accept_all(); });
}

WireProxy::~WireProxy() {
  stopping_ = true;
  acceptor_.join();
  for (std::thread& link : links_) link.join();
  close(listener_);
  fs::remove_all(folder_);
}

std::string WireProxy::url(const std::string& url) const {
  std::string through = url;
  const std::size_t at = through.find("host=") + 5;
  return through.replace(at, through.find('&', at) - at, folder_);
}

void WireProxy::arm(int query, Moment moment, std::function<void(int)> action) {
  moment_ = moment;
  action_ = std::move(action);
  queries_ = 0;
  fired_ = false;
  target_ = query;
}

void WireProxy::accept_all() {
  while (!stopping_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (poll(&waiting, 1, kPollMs) <= 0) continue;
    auto link = std::make_shared<Link>();
    link->program = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    link->server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = address_of(server_);
    if (connect(link->server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      continue;
    links_.emplace_back([this, link] { serve(link); });
  }
}

void WireProxy::serve(const std::shared_ptr<Link>& link) {
  while (!stopping_ && !(fired_ && target_ > 0)) {
    pollfd ends[2] = {{link->program, POLLIN, 0}, {link->server, POLLIN, 0}};
    if (poll(ends, 2, kPollMs) <= 0) continue;
    if (ends[0].revents != 0 &&
        !(read_some(link->program, link->from_program) && pass_queries(*link)))
      return;
    if (ends[1].revents != 0 &&
        !(read_some(link->server, link->from_server) && pass_answers(*link)))
      return;
  }
}

bool WireProxy::pass_queries(Link& link) {
  while (true) {
    const std::string message = take_message(link.from_program, link.begun);
    if (message.empty()) return true;
    const bool is_query = link.begun && message[0] == 'Q';
    link.begun = true;
    const bool is_target = is_query && ++queries_ == target_;
    if (is_target && moment_ == Moment::asked) {
      fire(link);
      return false;
    }
    if (!write_all(link.server, message.data(), message.size())) return false;
    if (is_target && moment_ == Moment::passed) {
      fire(link);
      return false;
    }
    link.awaited = is_target;
  }
}

bool WireProxy::pass_answers(Link& link) {
  while (true) {
    const std::string message = take_message(link.from_server, true);
    if (message.empty()) return true;
    constexpr char kBackendKey = 'K', kReady = 'Z';
    if (message[0] == kBackendKey) link.backend = static_cast<int>(length_at(message, 5));
    if (link.awaited && message[0] == kReady) {
      fire(link);
      return false;
    }
    if (!write_all(link.program, message.data(), message.size())) return false;
  }
}

void WireProxy::fire(Link& link) {
  fired_ = true;
  action_(link.backend);
}

}  // namespace schemac::test
