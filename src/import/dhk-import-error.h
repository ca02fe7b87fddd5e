/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Errors of the import room.
 *
 * Every message is a whole, translated sentence that a person can act on; it
 * holds no path. Cancelling is G_IO_ERROR_CANCELLED, not a code of this
 * domain. What is odd but not fatal is a note (dhk_reader_get_notes), not an
 * error.
 */

#include <glib.h>

G_BEGIN_DECLS

#define DHK_IMPORT_ERROR (dhk_import_error_quark ())

typedef enum
{
  DHK_IMPORT_ERROR_NOT_READABLE, /* the file cannot be opened or read, or is of a kind not read here
                                  */
  DHK_IMPORT_ERROR_NOT_A_TABLE,  /* readable, but no table is in it */
  DHK_IMPORT_ERROR_ENCRYPTED,    /* protected with a password */
  DHK_IMPORT_ERROR_DAMAGED,      /* cut off, inconsistent, not what it says to be */
  DHK_IMPORT_ERROR_TOO_LARGE,    /* beyond the counts that a table may have */
  DHK_IMPORT_ERROR_HOSTILE,      /* made to harm: bombs, entities, tricks with names */
  DHK_IMPORT_ERROR_NOT_RECOGNISED,   /* a table, but of no questionnaire of the instrument */
  DHK_IMPORT_ERROR_UNKNOWN_QUESTION, /* an answer to a question that is not asked */
  DHK_IMPORT_ERROR_UNKNOWN_CHOICE,   /* an answer that is none of the question's choices */
} DhkImportError;

GQuark dhk_import_error_quark (void);

G_END_DECLS
