/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Documents for tests, filled by hand. Free with document_fixture_free(). */

#include "report/dhk-document.h"

DhkDocument *document_fixture_new (void);
void document_fixture_free (DhkDocument *document);

/* The block is lent. */
DhkBlock *document_fixture_add (DhkDocument *document, DhkBlockKind kind, const char *text);

/* A table block of `rows` × (1 + `columns`) with spanners over pairs of columns. */
DhkBlock *
document_fixture_add_table (DhkDocument *document, guint rows, guint columns, const char *note);
