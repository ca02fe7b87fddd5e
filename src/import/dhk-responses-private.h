/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What reading response files (dhk-responses.c) hands to making a draft of them. */

#include "import/dhk-responses.h"
#include "study/dhk-response.h"

G_BEGIN_DECLS

/* A response that was read. */
typedef struct
{
  DhkResponse *response;
  guint line; /* place of its file, from 1 */
  int questionnaire;
  guint earlier_than; /* line of a later version of it in the same job, or 0 */
} DhkResponseItem;

typedef struct
{
  const DhkResponsesJob *job;
  DhkInstrument *instrument;
  guint first;       /* of the draft's response files, the first of this job */
  GArray *items;     /* DhkResponseItem */
  GPtrArray *sealed; /* char *: names of files that no password opens */
  GPtrArray *notes;  /* char *: about files that were left out */
  char *worked;      /* the password that opened the last one */
  GChecksum *sum;    /* of all files */
  guint n_other_version;
} DhkResponsesWork;

/* Which files want a password; left out when a person says so. */
void dhk_responses_ask_sealed (const DhkResponsesWork *self);

/* The responses to one questionnaire; the first file of a job has the notes about all. */
void dhk_responses_add_file (const DhkResponsesWork *self, int questionnaire, gboolean is_first);

G_END_DECLS
