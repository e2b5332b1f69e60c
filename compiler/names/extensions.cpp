// What well-known extensions bring: PostgreSQL's own contrib modules and the most used others.
#include <algorithm>

#include "compiler/names/names.h"

namespace schemac {
namespace {

constexpr ExtensionInfo kExtensions[] = {
    {"adminpack", "", "", ""},
    {"amcheck", "", "", ""},
    {"autoinc", "", "autoinc", ""},
    {"bloom", "", "", ""},
    {"bool_plperl", "", "", ""},
    {"btree_gin", "", "", ""},
    {"btree_gist", "gbtreekey2 gbtreekey4 gbtreekey8 gbtreekey16 gbtreekey32 gbtreekey_var", "",
     ""},
    {"citext", "citext", "", ""},
    {"cube", "cube", "", ""},
    {"dblink", "dblink_pkey_results", "", ""},
    {"dict_int", "", "", ""},
    {"dict_xsyn", "", "", ""},
    {"earthdistance", "earth", "", ""},
    {"file_fdw", "", "", ""},
    {"fuzzystrmatch", "", "", ""},
    {"h3", "h3index", "", ""},
    {"hll", "hll hll_hashval", "", ""},
    {"hstore", "hstore ghstore", "", ""},
    {"hypopg", "", "", "hypopg hypopg_list_indexes"},
    {"insert_username", "", "insert_username", ""},
    {"intagg", "", "", ""},
    {"intarray", "query_int intbig_gkey", "", ""},
    {"ip4r", "ip4 ip4r ip6 ip6r ipaddress iprange", "", ""},
    {"isn", "ean13 isbn13 ismn13 issn13 isbn ismn issn upc", "", ""},
    {"lo", "lo", "lo_manage", ""},
    {"ltree", "ltree lquery ltxtquery ltree_gist", "", ""},
    {"moddatetime", "", "moddatetime", ""},
    {"old_snapshot", "", "", ""},
    {"orafce", "varchar2 nvarchar2", "", "dual"},
    {"pageinspect", "", "", ""},
    {"periods", "", "", ""},
    {"pg_buffercache", "", "", "pg_buffercache"},
    {"pg_cron", "", "", ""},
    {"pg_freespacemap", "", "", ""},
    {"pg_partman", "", "", ""},
    {"pg_prewarm", "", "", ""},
    {"pg_stat_statements", "", "", "pg_stat_statements pg_stat_statements_info"},
    {"pg_surgery", "", "", ""},
    {"pg_trgm", "gtrgm", "", ""},
    {"pg_uuidv7", "", "", ""},
    {"pg_visibility", "", "", ""},
    {"pg_walinspect", "", "", ""},
    {"pgcrypto", "", "", ""},
    {"pgrouting", "", "", ""},
    {"pgrowlocks", "", "", ""},
    {"pgstattuple", "", "", ""},
    {"pgtap", "_time_trial_type", "", "tap_funky pg_all_foreign_keys"},
    {"plpgsql", "", "", ""},
    {"postgis", "geometry geography box2d box2df box3d spheroid gidx geometry_dump valid_detail",
     "", "spatial_ref_sys geometry_columns geography_columns"},
    {"postgis_raster", "raster rastbandarg geomval addbandarg summarystats agg_count", "",
     "raster_columns raster_overviews"},
    {"postgis_topology", "topogeometry validatetopology_returntype", "", ""},
    {"postgres_fdw", "", "", ""},
    {"prefix", "prefix_range", "", ""},
    {"rational", "rational", "", ""},
    {"refint", "", "check_primary_key check_foreign_key", ""},
    {"rum", "", "", ""},
    {"seg", "seg", "", ""},
    {"semver", "semver", "", ""},
    {"sslinfo", "", "", ""},
    {"tablefunc", "tablefunc_crosstab_2 tablefunc_crosstab_3 tablefunc_crosstab_4", "", ""},
    {"tcn", "", "triggered_change_notification", ""},
    {"temporal_tables", "", "versioning", ""},
    {"timescaledb", "", "", ""},
    {"tsm_system_rows", "", "", ""},
    {"tsm_system_time", "", "", ""},
    {"unaccent", "", "", ""},
    {"unit", "unit", "", ""},
    {"uuid-ossp", "", "", ""},
    {"vector", "vector halfvec sparsevec", "", ""},
    {"xml2", "", "", ""},
};

}  // namespace

const ExtensionInfo* find_extension(std::string_view name) {
  const auto* at = std::find_if(std::begin(kExtensions), std::end(kExtensions),
                                [&](const ExtensionInfo& info) { return info.name == name; });
  return at == std::end(kExtensions) ? nullptr : at;
}

const ExtensionInfo* extension_of_type(std::string_view type) {
  for (const ExtensionInfo& info : kExtensions)
    if (holds(info.types, type)) return &info;
  return nullptr;
}

bool holds(std::string_view list, std::string_view name) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    if (list.substr(at, end - at) == name) return true;
    at = end + 1;
  }
  return false;
}

std::vector<std::string_view> extension_types() {
  std::vector<std::string_view> types;
  for (const ExtensionInfo& info : kExtensions)
    for (std::size_t at = 0; at < info.types.size();) {
      const std::size_t end = std::min(info.types.find(' ', at), info.types.size());
      types.push_back(info.types.substr(at, end - at));
      at = end + 1;
    }
  return types;
}

}  // namespace schemac
