/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The document tree of a report: what is printed, before any page is made.
 * A figure holds the result it shows; the chart room draws it.
 */

#include "analysis/dhk-self-profile.h"
#include "report/dhk-plan.h"
#include "report/dhk-table.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_BLOCK_TITLE,
  DHK_BLOCK_SUBTITLE,
  DHK_BLOCK_HEADING,
  DHK_BLOCK_PARAGRAPH,
  DHK_BLOCK_TABLE,
  DHK_BLOCK_FIGURE,
} DhkBlockKind;

typedef struct
{
  DhkBlockKind kind;
  char *text;        /* of a title, heading or paragraph; a figure's title */
  char *label;       /* "Figuur 6" */
  DhkTable *table;   /* also beside a figure: its text alternative */
  DhkResult *result; /* of a figure */
  char *id;          /* plan id of a table or figure: for an outline and links */

  DhkSelfProfile *profile; /* of a figure that shows one person's answers instead of a result */
  gboolean is_quadrant;    /* both answers together, not one beside the other */
} DhkBlock;

typedef struct
{
  gatomicrefcount refs;
  DhkLanguage language;
  DhkNumberStyle style;
  GPtrArray *blocks; /* DhkBlock */
} DhkDocument;

/*
 * The whole report: runs every table of the plan on the frame. `progress` (may be
 * NULL) is called with 0 … 1 between tables, in the calling thread.
 */
typedef void (*DhkReportProgress) (double fraction, gpointer user_data);

DhkDocument *dhk_document_new_report (DhkPlan *plan,
                                      DhkFrame *frame,
                                      DhkLanguage language,
                                      DhkNumberStyle style,
                                      DhkReportProgress progress,
                                      gpointer user_data,
                                      GCancellable *cancellable,
                                      GError **error);

/* A result on one page: title, sentences, table, figure (what Compare prints). */
DhkDocument *dhk_document_new_result (DhkResult *result,
                                      const char *title,
                                      DhkLanguage language,
                                      DhkNumberStyle style);

/* A title alone: what pages that are laid out by themselves belong to (a paper form). */
DhkDocument *dhk_document_new_titled (const char *title, DhkLanguage language);

/* An empty document, and its blocks by hand: lent, for the fields that belong to the kind. */
DhkDocument *dhk_document_new (DhkLanguage language, DhkNumberStyle style);
DhkBlock *dhk_document_add_block (DhkDocument *self, DhkBlockKind kind, const char *text);

/*
 * Marks a document that is not shared yet, under its title: `msgid` (English) is said
 * in the document's language. For answers that are no real answers.
 */
#define DHK_MARKING_SAMPLE                                                                         \
  N_ ("Sample study: the answers were reconstructed from published tables. They are not real "     \
      "answers.")
void dhk_document_add_marking (DhkDocument *self, const char *msgid);

DhkDocument *dhk_document_ref (DhkDocument *self);
void dhk_document_unref (DhkDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkDocument, dhk_document_unref)

G_END_DECLS
