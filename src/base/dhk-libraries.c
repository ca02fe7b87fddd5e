/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-libraries.h"

#include <libxml/parser.h>

#include "base/dhk-seal.h"

char *
dhk_libraries_describe (void)
{
  return g_strdup_printf ("GLib %u.%u.%u, libxml2 %s, libsodium %s", glib_major_version,
                          glib_minor_version, glib_micro_version, xmlParserVersion,
                          dhk_seal_get_library_version ());
}
