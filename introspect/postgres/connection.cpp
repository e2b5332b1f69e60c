#include "introspect/postgres/connection.h"

#include <cctype>

#include "codegen/postgres/postgres.h"
#include "introspect/postgres/kept_sessions.h"

namespace schemac::postgres {
namespace {

// Where the parts of `scheme://user:password@host:port/database?parameters` stand.
struct UrlParts {
  bool is_uri = false;
  std::size_t user = 0;      // begin of what follows `://`
  std::size_t password = 0;  // begin of the password; = password_end where there is none
  std::size_t password_end = 0;
  std::size_t path = 0;        // the `/` or what stands where it would
  std::size_t parameters = 0;  // the `?`, or the end
};

UrlParts split_url(const std::string& url) {
  UrlParts parts;
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return parts;
  parts.is_uri = true;
  parts.user = scheme + 3;
  parts.parameters = std::min(url.find('?', parts.user), url.size());
  parts.path = std::min(url.find('/', parts.user), parts.parameters);
  const std::size_t at = url.rfind('@', parts.path);
  parts.password = parts.password_end = parts.user;
  if (at == std::string::npos || at < parts.user) return parts;
  const std::size_t colon = url.find(':', parts.user);
  if (colon < at) {
    parts.password = colon + 1;
    parts.password_end = at;
  }
  return parts;
}

std::string percent_decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += static_cast<char>(std::strtol(text.substr(i + 1, 2).c_str(), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string percent_encoded(const std::string& text) {
  static const char* const kDigits = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text) {
    if (std::isalnum(c) || c == '_' || c == '-' || c == '.') {
      out += static_cast<char>(c);
    } else {
      out += '%';
      out += kDigits[c >> 4];
      out += kDigits[c & 15];
    }
  }
  return out;
}

// The password, however the connection string spells it; "" where there is none.
std::string password_in(const std::string& url) {
  const UrlParts parts = split_url(url);
  if (parts.password < parts.password_end)
    return url.substr(parts.password, parts.password_end - parts.password);
  std::size_t at = url.find("password=");
  if (at == std::string::npos) return {};
  at += 9;
  if (at < url.size() && url[at] == '\'')
    return url.substr(at + 1, url.find('\'', at + 1) - at - 1);
  return url.substr(at, url.find_first_of("& ", at) - at);
}

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  if (what.empty()) return;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

// Appends `name=value` to the parameters of a connection string.
std::string with_parameter(const std::string& url, const std::string& name,
                           const std::string& value) {
  const UrlParts parts = split_url(url);
  if (!parts.is_uri) return url + " " + name + "='" + value + "'";
  return url + (parts.parameters == url.size() ? "?" : "&") + name + "=" + percent_encoded(value);
}

// One line, without the prefix of libpq and of the server.
std::string one_line(std::string message) {
  while (!message.empty() && std::isspace(static_cast<unsigned char>(message.back())))
    message.pop_back();
  std::string out;
  for (char c : message) {
    if (c == '\n' || c == '\t') c = ' ';
    if (c != ' ' || out.empty() || out.back() != ' ') out += c;
  }
  for (const char* prefix : {"ERROR:", "FATAL:"})
    if (out.rfind(prefix, 0) == 0) out.erase(0, out.find_first_not_of(' ', 6));
  return out;
}

}  // namespace

std::string display_url(const std::string& url) {
  const UrlParts parts = split_url(url);
  if (!parts.is_uri) return without_password(url, url);
  std::string shown = url.substr(0, parts.parameters);
  if (parts.password < parts.password_end)
    shown.erase(parts.password - 1, parts.password_end - parts.password + 1);
  return shown;
}

std::string without_password(std::string message, const std::string& url) {
  const std::string password = password_in(url);
  replace_all(message, password, "****");
  replace_all(message, percent_decoded(password), "****");
  return message;
}

SplitUrl split_password(const std::string& url) {
  SplitUrl split{url, password_in(url)};
  const UrlParts parts = split_url(url);
  if (parts.password < parts.password_end) {
    split.url.erase(parts.password - 1, parts.password_end - parts.password + 1);
  } else if (const std::size_t at = url.find("password="); at != std::string::npos) {
    const bool is_quoted = url[at + 9] == '\'';
    split.url.erase(at, 9 + split.password.size() + (is_quoted ? 2 : 0));
    if (at < split.url.size() && split.url[at] == '&') split.url.erase(at, 1);
  }
  if (parts.is_uri) split.password = percent_decoded(split.password);
  return split;
}

std::string database_of(const std::string& url) {
  const UrlParts parts = split_url(url);
  if (!parts.is_uri || parts.path == parts.parameters) return {};
  return percent_decoded(url.substr(parts.path + 1, parts.parameters - parts.path - 1));
}

std::string with_database(const std::string& url, const std::string& database) {
  const UrlParts parts = split_url(url);
  if (!parts.is_uri) return url + " dbname='" + database + "'";
  return url.substr(0, parts.path) + "/" + percent_encoded(database) + url.substr(parts.parameters);
}

void LetGo::operator()(pqxx::connection* session) const {
  keep_or_close(std::unique_ptr<pqxx::connection>(session), url);
}

Connection connect(const std::string& url) {
  if (auto kept = take_kept(url)) return {kept.release(), {url}};
  std::string full = url;
  if (url.find("connect_timeout") == std::string::npos)
    full = with_parameter(full, "connect_timeout", "10");
  if (url.find("application_name") == std::string::npos)
    full = with_parameter(full, "application_name", "schemac");
  Connection connection;
  try {
    connection = {new pqxx::connection(full), {url}};
  } catch (const std::exception& error) {
    throw DatabaseError("cannot connect to " + display_url(url) + ": " +
                        without_password(one_line(error.what()), url));
  }
  const int version = major_version(*connection);
  if (version < kOldestVersion)
    throw DatabaseError("the server of " + display_url(url) + " is PostgreSQL " +
                        std::to_string(version) + "; schemac needs " +
                        std::to_string(kOldestVersion) + " or newer");
  return connection;
}

int major_version(const pqxx::connection_base& connection) {
  return connection.server_version() / 10000;
}

int full_version(const std::string& url) {
  return connect(url)->server_version();
}

void throw_database_error(const std::string& doing, const std::string& url) {
  try {
    throw;
  } catch (const DatabaseError&) {
    throw;
  } catch (const pqxx::sql_error& error) {
    throw DatabaseError("cannot " + doing + ": " + without_password(one_line(error.what()), url),
                        error.sqlstate());
  } catch (const pqxx::failure& error) {
    throw DatabaseError("cannot " + doing + ": " + without_password(one_line(error.what()), url));
  }
}

}  // namespace schemac::postgres
