/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A table of several questionnaires at once, as our own export is: a column
 * says of each row which respondent type it is of. Such a table is recognised in
 * parts, one per type; any other table is one part with all its rows.
 */

#include "import/dhk-recogniser.h"

G_BEGIN_DECLS

typedef struct
{
  GArray *rows;      /* guint: rows of the table */
  char *id;          /* of the type, NULL when the table is not split */
  char *label;       /* of the type, NULL when there is but one part */
  int questionnaire; /* the only one of this type, else -1 */
  guint n_known;     /* rows after these are of no known type */
} DhkTypePart;

/* At least one part. Elements are freed with the array. */
GPtrArray *dhk_type_split (DhkSheet *sheet, DhkInstrument *instrument, DhkCatalogue *catalogue);

/* Keeps the rows of no known type aside. */
void dhk_type_part_set_aside (const DhkTypePart *part, DhkRecogniser *recogniser);

G_END_DECLS
