/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * How separated text is read: which separator, and where nothing in the file tells it, which encoding.
 * The reader finds both by the text alone. Where no head is known then, another separator may do
 * better; and a person may decide otherwise, among those with which heads are known. Private to
 * the import room.
 */

#include "import/dhk-asker.h"
#include "import/dhk-catalogue.h"
#include "import/dhk-reader.h"

G_BEGIN_DECLS

#define DHK_TEXT_SEPARATORS 4

/* What was found, as choices. */
typedef struct
{
  const char *encoding; /* NULL when there is nothing to decide */
  const char *separator;
  gboolean splits[DHK_TEXT_SEPARATORS]; /* heads are known with it */
} DhkTextChoice;

/* Before reading: has the reader do what was decided by hand. `slug` begins the ids. */
void dhk_text_choice_init (DhkTextChoice *self,
                           DhkReader *reader,
                           DhkAsker *asker,
                           DhkCatalogue *catalogue,
                           const char *slug);

/* After it: puts the decisions on the draft, about `file`. */
void dhk_text_choice_record (const DhkTextChoice *self,
                             DhkAsker *asker,
                             const char *slug,
                             const DhkDraftFile *file);

G_END_DECLS
