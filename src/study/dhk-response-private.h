/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of a response, shared by its accessors and its reader only. */

#include "study/dhk-response.h"

G_BEGIN_DECLS

struct _DhkResponse
{
  gatomicrefcount refs;
  char *id;
  char *instrument;
  char *version;
  char *sha256;
  char *questionnaire;
  gint64 started;
  gint64 saved;
  gboolean finished;
  GArray *answers; /* DhkResponseAnswer */
};

/* A response without anything in it. */
DhkResponse *dhk_response_new_empty (void);

/* A question that was asked; takes the texts. */
void dhk_response_take_question (DhkResponse *self, DhkResponseAnswer answer);

/* Now, as a clock on the wall shows it, in seconds since 1970. */
gint64 dhk_response_get_now (void);

G_END_DECLS
