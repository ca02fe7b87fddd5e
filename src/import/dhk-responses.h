/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Response files (study/dhk-response.h) into a draft: those of a folder, or several
 * that were chosen one by one, become a file of the draft for each questionnaire, a row a
 * response.
 *
 * A response is known by its own random id: the same file twice adds nothing, a
 * corrected one takes the place of the earlier. Names of response files may be
 * names of people, so they get into no draft: a row has the file's place in the alphabet,
 * and only messages that are not kept name a file.
 *
 * A file among others that cannot be read is left out with a note. The draft lists every file with
 * what became of it. What is not finished is kept aside, unless a person says otherwise. What is sealed and
 * opens with no password that was given is an open question. Private to the import room.
 */

#include "import/dhk-asker.h"
#include "import/dhk-import.h"
#include "import/dhk-reader.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_RESPONSES_NONE,   /* something else */
  DHK_RESPONSES_FILE,   /* a response file */
  DHK_RESPONSES_FOLDER, /* a folder */
} DhkResponsesKind;

DhkResponsesKind dhk_responses_get_kind (GFile *file, GCancellable *cancellable);

/* The response files of a folder, sorted by name. NULL with an error when there is none. */
GPtrArray *dhk_responses_list (GFile *folder, GCancellable *cancellable, GError **error);

typedef struct
{
  DhkDraft *draft;
  DhkAsker *asker;
  const char *slug;               /* of the ids of its questions */
  const char *name;               /* what the draft calls them */
  GPtrArray *files;               /* GFile, with the passwords that they carry */
  GFile *folder;                  /* that they are in, or NULL */
  DhkReaderProgressFunc progress; /* may be NULL */
  gpointer user_data;
  GCancellable *cancellable;
} DhkResponsesJob;

gboolean dhk_responses_import (const DhkResponsesJob *job, GError **error);

G_END_DECLS
