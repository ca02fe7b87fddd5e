/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the export room: what cairo 1.16 cannot write into a PDF. */

#include <glib.h>

G_BEGIN_DECLS

/*
 * Adds the document's language ("nl"), by which a screen reader chooses its
 * voice. FALSE, and the file as it was, when its end is not as cairo 1.16 writes it.
 */
gboolean dhk_pdf_add_language (GByteArray *pdf, const char *code);

G_END_DECLS
