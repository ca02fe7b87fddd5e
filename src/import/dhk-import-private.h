/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * An import at work: what its parts share. dhk-import.c goes over the files and judges what goes wrong,
 * dhk-import-table.c reads one table. Private to the two.
 */

#include "import/dhk-import.h"
#include "import/dhk-recogniser.h"
#include "import/dhk-text-choice.h"

G_BEGIN_DECLS

typedef struct
{
  DhkInstrument *instrument;
  DhkDraft *draft;
  DhkAsker *asker;
  DhkCatalogue *catalogue;
  GPtrArray *recognisers; /* DhkRecogniser */
  GPtrArray *sheets;      /* DhkSheet, for as long as the recognisers live */
  GPtrArray *shapes;      /* DhkShape, likewise */
  GPtrArray *profiles;    /* DhkImportProfile, lent, may be NULL */
  DhkForAll for_all;
  GHashTable *slugs;  /* of the files so far */
  GHashTable *hashes; /* SHA-256 -> name of the file that had it first */
  GCancellable *cancellable;
  DhkImportProgress progress;
  double reported;
  gpointer user_data;
  guint n_files;
  gboolean
      lenient; /* neither a file that cannot be read nor an answer that does not fit holds up the others */
  gboolean again; /* one of those files had begun to be read: the others have to be read anew */
  GPtrArray *
      misfits; /* ids of those answers: all has to be read anew without them; NULL until asked for */

  /* the file at hand */
  guint index;
  char *name;
  char *shown; /* the name with that of the sheet, where several are read */
  DhkReader *reader;
  DhkTextChoice text;
  guint sheet; /* the one that is read */
  gboolean keep_personal;
} DhkImportJob;

/* What the ids of the file at hand begin with, unlike any before. Free with g_free(). */
char *dhk_import_job_make_slug (DhkImportJob *self);

/* A DhkReaderProgressFunc of the job: of the reading of the file at hand. */
void dhk_import_job_report (double fraction, gpointer user_data);

/* Reads the file at hand, a table, into the draft: one file of it or several. */
gboolean dhk_import_job_read_table (DhkImportJob *self, GFile *file, GError **error);

G_END_DECLS
