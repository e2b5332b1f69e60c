#pragma once
// Starting the server's programs. PostgreSQL refuses to run as root, so root's rights are dropped
// for the user `postgres`, or `nobody` where there is none.

#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

namespace schemac::postgres {

// Makes a file or folder, and all in it, the server user's, where we are root.
void give_to_server_user(const std::filesystem::path& path);

// In a child process: drops root's rights. Ends the process where that fails.
void become_server_user();

// In a child process: closes all files but the first three and `kept`.
void close_others(std::initializer_list<int> kept);

// Replaces the process. Ends it where that fails.
[[noreturn]] void execute(const std::vector<std::string>& command);

// Runs a program to its end as the server's user; its output goes to `log`. Whether it succeeded.
bool run_program(const std::vector<std::string>& command, const std::filesystem::path& log);

}  // namespace schemac::postgres
