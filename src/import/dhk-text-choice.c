/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-text-choice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "import/dhk-import.h"
#include "import/dhk-sheet.h"

/* Enough to find the head. */
#define LOOK_ROWS 12

typedef struct
{
  const char *id;
  const char *label;
  const char *encoding; /* name, or NULL */
  char separator;
} Choice;

static const Choice encodings[] = {
  { "windows-1252", N_ ("Western Europe, Windows"), "WINDOWS-1252", 0 },
  { "macintosh", N_ ("Western Europe, Macintosh"), "MACINTOSH", 0 },
  { "cp850", N_ ("Western Europe, DOS"), "CP850", 0 },
  { "windows-1250", N_ ("Central Europe, Windows"), "WINDOWS-1250", 0 },
  { "windows-1254", N_ ("Turkish, Windows"), "WINDOWS-1254", 0 },
};

static const Choice separators[DHK_TEXT_SEPARATORS] = {
  { "semicolon", N_ ("Semicolon ( ; )"), NULL, ';' },
  { "comma", N_ ("Comma ( , )"), NULL, ',' },
  { "tab", N_ ("Tab"), NULL, '\t' },
  { "bar", N_ ("Vertical bar ( | )"), NULL, '|' },
};

static const Choice *
find (const Choice *list, guint n, const char *id)
{
  for (guint i = 0; id != NULL && i < n; i++)
    if (strcmp (list[i].id, id) == 0)
      return &list[i];
  return NULL;
}

static const char *
peek (DhkAsker *asker, const char *slug, const char *what)
{
  g_autofree char *id = g_strdup_printf ("%s:%s", slug, what);
  DhkDecidedBy by;

  return dhk_asker_peek (asker, id, NULL, NULL, NULL, &by);
}

static void
choose_encoding (DhkTextChoice *self, DhkReader *reader, const char *answer)
{
  const char *found = dhk_reader_get_encoding (reader);
  const Choice *choice = find (encodings, G_N_ELEMENTS (encodings), answer);

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (strcmp (encodings[i].encoding, found) == 0)
      self->encoding = encodings[i].id;
  if (self->encoding != NULL && choice != NULL)
    dhk_reader_set_encoding (reader, choice->encoding);
}

/* How many heads are known when the text is read in this way. */
static guint
count_known (DhkReader *reader, DhkCatalogue *catalogue, char separator)
{
  g_autoptr (DhkRawTable) table = NULL;
  g_autoptr (DhkSheet) sheet = NULL;

  dhk_reader_set_separator (reader, separator);
  table = dhk_raw_table_read (reader, 0, LOOK_ROWS, NULL, NULL, NULL, NULL);
  sheet = table != NULL ? dhk_sheet_new (table, catalogue) : NULL;
  return sheet != NULL ? sheet->n_questions : 0;
}

/* The one that the reader found, unless no head is known with it: quotes or commas may mislead. */
static void
choose_separator (DhkTextChoice *self,
                  DhkReader *reader,
                  DhkCatalogue *catalogue,
                  const char *answer)
{
  const char found = dhk_reader_get_separator (reader);
  const Choice *choice = find (separators, DHK_TEXT_SEPARATORS, answer);
  guint most = 0;

  for (guint i = 0; i < DHK_TEXT_SEPARATORS; i++)
    {
      guint n = count_known (reader, catalogue, separators[i].separator);

      self->splits[i] = n > 0;
      if (n > 0 && (separators[i].separator == found || n > most))
        {
          most = separators[i].separator == found ? G_MAXUINT : n;
          self->separator = separators[i].id;
        }
    }
  if (choice == NULL || !self->splits[choice - separators])
    choice = find (separators, DHK_TEXT_SEPARATORS, self->separator);
  dhk_reader_set_separator (reader, choice != NULL ? choice->separator : found);
}

void
dhk_text_choice_init (DhkTextChoice *self,
                      DhkReader *reader,
                      DhkAsker *asker,
                      DhkCatalogue *catalogue,
                      const char *slug)
{
  *self = (DhkTextChoice){ .encoding = NULL };
  if (dhk_reader_get_kind (reader) != DHK_READER_CSV)
    return;
  if (dhk_reader_get_encoding_guessed (reader))
    choose_encoding (self, reader, peek (asker, slug, "encoding"));
  if (!dhk_reader_get_separator_told (reader))
    choose_separator (self, reader, catalogue, peek (asker, slug, "separator"));
}

static void
record_encoding (const DhkTextChoice *self,
                 DhkAsker *asker,
                 const char *slug,
                 const DhkDraftFile *file)
{
  dhk_asker_begin (asker, g_strdup_printf ("%s:encoding", slug),
                   g_strdup_printf (_ ("In which encoding are the letters of “%s”?"), file->name),
                   NULL);
  dhk_asker_about (asker, file, NULL, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    dhk_asker_choice (asker, encodings[i].id, g_strdup (_ (encodings[i].label)));
  dhk_asker_decide (asker, self->encoding);
}

static void
record_separator (const DhkTextChoice *self,
                  DhkAsker *asker,
                  const char *slug,
                  const DhkDraftFile *file)
{
  dhk_asker_begin (asker, g_strdup_printf ("%s" DHK_IMPORT_SEPARATOR_SUFFIX, slug),
                   g_strdup_printf (_ ("What stands between the columns of “%s”?"), file->name),
                   NULL);
  dhk_asker_about (asker, file, NULL, NULL, NULL);
  for (guint i = 0; i < DHK_TEXT_SEPARATORS; i++)
    if (self->splits[i])
      dhk_asker_choice (asker, separators[i].id, g_strdup (_ (separators[i].label)));
  dhk_asker_decide (asker, self->separator);
}

void
dhk_text_choice_record (const DhkTextChoice *self,
                        DhkAsker *asker,
                        const char *slug,
                        const DhkDraftFile *file)
{
  guint n_splits = 0;

  for (guint i = 0; i < DHK_TEXT_SEPARATORS; i++)
    n_splits += self->splits[i] ? 1 : 0;
  if (self->encoding != NULL)
    record_encoding (self, asker, slug, file);
  if (n_splits > 1)
    record_separator (self, asker, slug, file);
}
