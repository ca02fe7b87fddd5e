/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Private to the editing of instruments: the file as a tree that can be changed.
 *
 * A function opens the tree, changes it, and finishes: finishing writes the file,
 * loads it with all checks and gives the new instrument.
 */

#include "base/dhk-xml.h"
#include "study/dhk-instrument-edit.h"

G_BEGIN_DECLS

/* Longest text of the schema. */
#define DHK_EDIT_MAX_TEXT 2000

typedef struct
{
  DhkInstrument *instrument;
  xmlDoc *document;
  xmlNode *root;
  GError **error;
} DhkEdit;

/* NULL when the file cannot be parsed, which a loaded instrument's always can. */
gboolean dhk_edit_open (DhkEdit *self, DhkInstrument *instrument, GError **error);
void dhk_edit_clear (DhkEdit *self);

/* The new instrument when `ok`; otherwise NULL, with the error that is set. */
DhkInstrument *dhk_edit_finish (DhkEdit *self, gboolean ok);

gboolean dhk_edit_fail (DhkEdit *self, DhkInstrumentEditError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* The text without white space at its ends, or NULL with a sentence. Free with g_free(). */
char *dhk_edit_dup_checked (DhkEdit *self, const char *text, gboolean may_be_empty);

/* Finding */

xmlNode *dhk_edit_part (DhkEdit *self, const char *name);

/* The n-th child element of this name (NULL: of any). */
xmlNode *dhk_edit_nth (const xmlNode *parent, const char *name, guint n);

/* The child whose attribute has this value, or NULL. */
xmlNode *
dhk_edit_find (const xmlNode *parent, const char *name, const char *attribute, const char *value);
xmlNode *dhk_edit_questionnaire (DhkEdit *self, guint questionnaire);
xmlNode *dhk_edit_question (DhkEdit *self, guint questionnaire, guint question);

/* Changing */

/* Sets the text of `parent` in a language; empty: takes it away, refused when it is the last. */
gboolean dhk_edit_set_text (DhkEdit *self, xmlNode *parent, DhkLanguage language, const char *text);

/* Replaces everything in the element by this text. */
void dhk_edit_set_content (xmlNode *node, const char *text);

/* A new element as the last child, or after a sibling, on a line of its own. */
xmlNode *dhk_edit_append (xmlNode *parent, const char *name);
xmlNode *dhk_edit_insert_after (xmlNode *sibling, const char *name);

/* A child that holds one text. */
gboolean dhk_edit_append_text (
    DhkEdit *self, xmlNode *parent, const char *name, DhkLanguage language, const char *text);

/* The same, behind the last child of this name. */
xmlNode *dhk_edit_append_of_kind (xmlNode *parent, const char *name);

/* Puts a node that is in the tree elsewhere, laid out like its new neighbour. */
void dhk_edit_move_before (xmlNode *node, xmlNode *sibling);
void dhk_edit_move_after (xmlNode *node, xmlNode *sibling);

/* With the layout before it. */
void dhk_edit_remove (xmlNode *node);

void dhk_edit_set_attribute (xmlNode *node, const char *name, const char *value);

/* An id made of `text`, unlike the ids of the children of `part`. Free with g_free(). */
char *dhk_edit_dup_new_id (const xmlNode *part, const char *text, const char *fallback);

/* The licence id for this text, added when there is none. Free with g_free(). */
char *dhk_edit_dup_licence (DhkEdit *self, const char *text);

G_END_DECLS
