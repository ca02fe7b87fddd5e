/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A response file (.driehoek-response): the answers of one person to the
 * self-rating of an instrument, which that person keeps and hands to the researcher.
 *
 * XML after data/schemas/response.rng, maybe sealed with a password
 * (base/dhk-seal.h). It names things by their ids, so it can be read without the
 * instrument; dhk_response_fits() says whether it belongs to one. It holds no name: a
 * random id tells that two files are one response.
 *
 * A response is reference counted and belongs to one thread at a time; a worker thread gets
 * the bytes. Errors: DHK_RESPONSE_ERROR and DHK_XML_ERROR, in whole sentences.
 */

#include "base/dhk-seal.h"
#include "study/dhk-instrument.h"

G_BEGIN_DECLS

#define DHK_RESPONSE_SUFFIX "driehoek-response"

/* Asked, and left open. */
#define DHK_RESPONSE_OPEN (-1)

typedef enum
{
  DHK_RESPONSE_ERROR_PASSWORD_NEEDED,
  DHK_RESPONSE_ERROR_PASSWORD_WRONG,
  DHK_RESPONSE_ERROR_NOT_ONE,          /* not a response file */
  DHK_RESPONSE_ERROR_OTHER_INSTRUMENT, /* of another instrument */
  DHK_RESPONSE_ERROR_DAMAGED,
  DHK_RESPONSE_ERROR_WRITE,
} DhkResponseError;

#define DHK_RESPONSE_ERROR (dhk_response_error_quark ())
GQuark dhk_response_error_quark (void);

typedef struct
{
  char *variable; /* of a background question, else NULL */
  char *category; /* its answer; NULL: left open */
  char *item;     /* of an item, else NULL */
  char *target;   /* about whom, or NULL */
  int code;       /* its answer, or DHK_RESPONSE_OPEN */
} DhkResponseAnswer;

typedef struct _DhkResponse DhkResponse;

/* Life ------------------------------------------------------------------------- */

/* A response that was begun now, with the questions of the self-rating, all open. */
DhkResponse *dhk_response_new (DhkInstrument *instrument, guint questionnaire);
DhkResponse *dhk_response_ref (DhkResponse *self);
void dhk_response_unref (DhkResponse *self);

/* The same response for another questionnaire; what both ask keeps its answer. */
void dhk_response_change_form (DhkResponse *self, DhkInstrument *instrument, guint questionnaire);

/* What it says of itself: lent ---------------------------------------------------- */

const char *dhk_response_get_id (const DhkResponse *self);
const char *dhk_response_get_version (const DhkResponse *self);
const char *dhk_response_get_questionnaire (const DhkResponse *self);
gint64 dhk_response_get_started (const DhkResponse *self); /* seconds of the wall clock */
gint64 dhk_response_get_saved (const DhkResponse *self);
gboolean dhk_response_is_finished (const DhkResponse *self);

/* The questions that were asked, in order. */
guint dhk_response_get_n_answers (const DhkResponse *self);
const DhkResponseAnswer *dhk_response_get_answer (const DhkResponse *self, guint i);
guint dhk_response_get_n_open (const DhkResponse *self);

/* The code of an item (about nobody) or the category of a variable; OPEN or NULL without one. */
int dhk_response_get_code (const DhkResponse *self, const char *item);
const char *dhk_response_get_category (const DhkResponse *self, const char *variable);

/* A hash of what was answered, not of when. Free with g_free(). */
char *dhk_response_dup_content (const DhkResponse *self);

/*
 * FALSE with DHK_RESPONSE_ERROR_OTHER_INSTRUMENT when it is of another instrument, or of a
 * questionnaire that this one has not.
 */
gboolean dhk_response_fits (const DhkResponse *self,
                            const DhkInstrument *instrument,
                            const char *name,
                            GError **error);

/* Filling in -------------------------------------------------------------------- */

/* Only what was asked can be answered. OPEN and NULL take an answer back. */
void dhk_response_set_code (DhkResponse *self, const char *item, int code);
void dhk_response_set_category (DhkResponse *self, const char *variable, const char *category);
void dhk_response_set_finished (DhkResponse *self, gboolean finished);

/* Files -------------------------------------------------------------------------- */

/* TRUE when the first bytes of a file are those of a response file, sealed or not. */
gboolean dhk_response_is_one (const void *data, gsize size);

/* `name` is the display name used in messages. */
DhkResponse *dhk_response_new_from_bytes (GBytes *bytes, const char *name, GError **error);

/*
 * A file as it lies on the disk. When it is sealed, `password` must open it, and `key` (may be
 * NULL) gets the key to seal it again with; NULL for one that is not sealed. Slow when sealed.
 */
DhkResponse *dhk_response_load (
    GFile *file, const char *password, DhkSealKey **key, GCancellable *cancellable, GError **error);

/* As a file holds it, saved now; sealed when there is a key. */
GBytes *dhk_response_to_bytes (DhkResponse *self, DhkSealKey *key);

/*
 * Writes such bytes whole or not at all, and to the disk before it returns; only the person whose
 * account it is may read them. Any thread.
 */
gboolean dhk_response_write (GBytes *bytes, GFile *file, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkResponse, dhk_response_unref)

G_END_DECLS
