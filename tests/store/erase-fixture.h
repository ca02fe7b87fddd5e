/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Somebody whom a search finds wherever a byte of them is left. */

#include "store-fixture.h"

G_BEGIN_DECLS

/* What only they have. */
#define TEXT "xylofoonspeler uit Zierikzee"
#define FORM_ID "ID-7391846"
#define STARTED G_GINT64_CONSTANT (1234567891)
#define REASON "trok toestemming kwijt"
#define YEARS 17.8437265
#define NAME "Wilhelmina Quackernack"
#define NOTE "zeven-en-een-half"

/* Makes row `i` of a file of youths theirs. */
void erase_mark (DhkDraft *draft, DhkDraftFile *file, guint i);
void erase_set_raw (DhkDraftFile *file, guint row, const char *text);

/*
 * Whether any file of the folder holds anything of them: as UTF-8 or UTF-16, as the number in a
 * database, or inside what is compressed, or sealed with one of the passwords of the fixtures.
 */
gboolean erase_folder_holds (Fixture *self);

void erase_somebody (Fixture *self, gint64 respondent);

G_END_DECLS
