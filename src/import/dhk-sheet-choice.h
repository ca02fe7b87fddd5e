/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Which sheets of a workbook are read: the one whose heads are known best. When answers stand on several
 * that a person can see, they are asked; each can be read alone, or all of them. Private to the
 * import room.
 */

#include "import/dhk-asker.h"
#include "import/dhk-catalogue.h"
#include "import/dhk-reader.h"

G_BEGIN_DECLS

typedef struct
{
  DhkReader *reader;
  DhkCatalogue *catalogue;
  DhkAsker *asker;
  const char *slug; /* of the question's id */
  const char *name; /* of the file, as it is shown */
  GCancellable *cancellable;
} DhkSheetChoice;

/**
 * dhk_sheet_choice_make:
 * @n_fitting: how many sheets hold answers, hidden ones too
 *
 * Returns: (transfer full): the numbers from 0 (guint) of the sheets to read, at least one; %NULL with
 *   @error
 */
GArray *dhk_sheet_choice_make (const DhkSheetChoice *self, guint *n_fitting, GError **error);

/* The name of a sheet without e-mail addresses. Free with g_free(). */
char *dhk_sheet_choice_dup_name (DhkReader *reader, guint sheet);

G_END_DECLS
