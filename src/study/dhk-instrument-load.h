/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Private to the loader of instruments: what its files share.
 *
 * The schema has seen to the shape of the file; the functions here fill an
 * instrument part by part and refuse what the schema cannot see: a name that
 * is not there, the same thing twice, an order that is not one. All return
 * FALSE with an error set that says the line and the element.
 */

#include "base/dhk-xml.h"
#include "study/dhk-instrument-private.h"

G_BEGIN_DECLS

typedef struct
{
  DhkInstrument *instrument;
  const char *name;     /* the file's display name */
  GHashTable *licences; /* id → text */
  guint n_questions;    /* in all questionnaires so far */
  GError **error;
} DhkLoader;

/* A cross-reference error at `node`; its value is FALSE. */
#define dhk_loader_fail(self, node, ...)                                                           \
  dhk_xml_fail ((self)->error, DHK_XML_ERROR_REFERENCE, (self)->name, (node), __VA_ARGS__)

/* Reading small things: attributes are there, the schema says so. */
char *dhk_loader_dup_attribute (const xmlNode *node, const char *name);
gboolean dhk_loader_get_int (DhkLoader *self, const xmlNode *node, const char *name, int *value);
void dhk_loader_read_texts (const xmlNode *node, DhkText *text);
void dhk_loader_read_label (const xmlNode *node, const char *element, DhkText *text);
char **dhk_loader_dup_strings (const xmlNode *node, const char *element);

/*
 * Notes that a text, or a label in each of its languages, means number `meaning`; FALSE when it
 * already means another one. Texts are compared as the import compares them.
 */
gboolean dhk_loader_note_meaning (GHashTable *meanings, const char *text, guint meaning);
gboolean dhk_loader_note_label (GHashTable *meanings, const DhkText *label, guint meaning);
gboolean dhk_loader_fail_two_meanings (DhkLoader *self, const xmlNode *node);

/* An element named in the schema as required. */
xmlNode *dhk_loader_part (const xmlNode *parent, const char *element);

/* The attribute "id", refused when the array already has it or is full. Free with g_free(). */
char *
dhk_loader_dup_new_id (DhkLoader *self, const xmlNode *node, const GArray *array, guint limit);

/* What attribute `attribute` of `node` names in `array`; FALSE when it is not there. */
gboolean dhk_loader_find (
    DhkLoader *self, const xmlNode *node, const char *attribute, const GArray *array, guint *index);

/* The attribute "over": a target, or DHK_NO_TARGET without it. */
gboolean dhk_loader_find_target (DhkLoader *self, const xmlNode *node, int *target);

/* Several choices: the variables that they are, and a question about them. `heads`: meanings. */
gboolean dhk_loader_read_choices (DhkLoader *self, const xmlNode *node, GHashTable *heads);
void dhk_loader_word_choice (const DhkChoices *choices, guint choice, DhkQuestion *question);

/* The parts of the file, in its order. */
gboolean dhk_loader_read_answer_scales (DhkLoader *self, const xmlNode *root);
gboolean dhk_loader_read_variables (DhkLoader *self, const xmlNode *root);
gboolean dhk_loader_read_roles (DhkLoader *self, const xmlNode *root);
gboolean dhk_loader_read_targets (DhkLoader *self, const xmlNode *root);
gboolean dhk_loader_read_perspectives (DhkLoader *self, const xmlNode *root);
gboolean dhk_loader_read_items (DhkLoader *self, const xmlNode *root);
gboolean dhk_loader_read_scales (DhkLoader *self, const xmlNode *root);
gboolean dhk_loader_read_questionnaires (DhkLoader *self, const xmlNode *root);
gboolean dhk_loader_read_self_rating (DhkLoader *self, const xmlNode *root);
gboolean dhk_loader_read_variants (DhkLoader *self, const xmlNode *root);

G_END_DECLS
