/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The zip around a workbook: its parts by name, streamed through the XML
 * parser.
 *
 * Opening refuses encrypted, doubled and overlapping parts and names that
 * climb out of the package. Parts are never written anywhere; a name found
 * inside is only ever looked up here. Private to the import room.
 */

#include "import/dhk-read-job.h"
#include "import/dhk-source.h"
#include "import/dhk-xml-stream.h"

G_BEGIN_DECLS

typedef struct _DhkXlsxPackage DhkXlsxPackage;

DhkXlsxPackage *dhk_xlsx_package_open (DhkSource *source, GError **error);
void dhk_xlsx_package_free (DhkXlsxPackage *self);

/**
 * dhk_xlsx_package_has_part:
 * @name: as "xl/workbook.xml"; case does not count
 */
gboolean dhk_xlsx_package_has_part (DhkXlsxPackage *self, const char *name);

/**
 * dhk_xlsx_package_dup_target:
 * @base: name of the part that @target stands in relation to
 *
 * Returns: (transfer full) (nullable): the name of the part meant, or %NULL
 *   when the target climbs out of the package
 */
char *dhk_xlsx_package_dup_target (const char *base, const char *target);

/**
 * dhk_xlsx_package_parse:
 * @share: (nullable): what of the job the part is
 *
 * Streams a part through a handler. A part that is not there, or inflates to
 * more than its head says or more than it can honestly hold, is refused.
 */
gboolean dhk_xlsx_package_parse (DhkXlsxPackage *self,
                                 const char *name,
                                 const DhkXmlHandler *handler,
                                 gpointer data,
                                 const DhkReadShare *share,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkXlsxPackage, dhk_xlsx_package_free)

G_END_DECLS
