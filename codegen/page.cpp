#include "codegen/page.h"

namespace schemac {
namespace mustache = kainjow::mustache;
namespace {

mustache::data to_mustache(const PageData& data) {
  mustache::data object(mustache::data::type::object);
  for (const auto& [name, text] : data.texts)
    object.set(name, text.empty() ? mustache::data(false) : mustache::data(text));
  for (const auto& [name, entries] : data.lists) {
    mustache::data list(mustache::data::type::list);
    for (const PageData& entry : entries) list << to_mustache(entry);
    object.set(name + "?", !entries.empty());
    object.set(name, list);
  }
  return object;
}

}  // namespace

std::string render_page(const std::string& name, const PageData& data, const Escape& escape) {
  const mustache::data root = to_mustache(data);
  mustache::context<std::string> context(&root);
  return render_template(template_folder("pages") / (name + ".mustache"), context, escape);
}

}  // namespace schemac
