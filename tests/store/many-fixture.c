/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "many-fixture.h"

#include <string.h>

void
fixture_many_read_codes (gpointer data, guint first, guint n, gint8 *codes)
{
  const FixtureMany *self = data;

  memset (codes, DHK_MISSING_EMPTY, (gsize) n * self->n_questions);
  for (guint i = 0; i < n; i++)
    codes[(i + 1) * self->n_questions - 1] = (gint8) ((first + i) % 5 + 1);
}

static void
read_row (gpointer data, guint row, const gint8 *codes, const double *numbers, DhkDraftRow *found)
{
  found->line = row + 2;
  found->identity = g_strdup_printf ("identity %u", row);
  found->content = g_strdup_printf ("content %u", row);
  found->form_id = g_strdup_printf ("%u", row + 1);
  found->started = FIXTURE_START + row * 60;
}

void
fixture_many_read_keys (gpointer data, guint64 *keys)
{
  const FixtureMany *self = data;

  for (guint row = 0; row < self->n_rows; row++)
    keys[row] = row + 1;
}

static void
append_raw (gpointer data, guint first, guint n, GString *lines)
{
  for (guint row = first; row < first + n; row++)
    g_string_append_printf (lines, "%u,line of respondent %u\n", row, row * 7919 % 104729);
}

DhkDraftFile *
fixture_add_many (DhkDraft *draft, FixtureMany *many, const DhkDraftSource *own)
{
  DhkDraftFile *file = fixture_add_file (draft, "Many.csv", "many", "jeugdigen");
  const DhkDraftSource source = {
    .data = many,
    .free = g_free,
    .n_rows = many->n_rows,
    .read_codes = own->read_codes != NULL ? own->read_codes : fixture_many_read_codes,
    .read_row = read_row,
    .read_keys = own->read_keys != NULL ? own->read_keys : fixture_many_read_keys,
    .append_raw = own->append_raw != NULL ? own->append_raw : append_raw,
    .pack_raw = own->pack_raw,
  };

  many->n_questions = file->n_questions;
  dhk_draft_file_set_source (file, &source);
  return file;
}
