/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the labels and codes of one answer scale, or of one category variable, are
 * taken as in one file: by the instrument, by a person, or by an import profile.
 *
 * Every text that is met gets an entry, with the id of the question or
 * decision about it. Texts that nothing is known of get theirs from the
 * questions that are asked about them.
 */

#include "import/dhk-recogniser.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;
  char *fold;
  char *id;  /* of the question or decision */
  char *key; /* for an import profile */
  int known; /* what the instrument says */
  int value; /* what holds: code, category index, or DhkMissing */
  gboolean code;
  DhkDecidedBy by;
} DhkLabelEntry;

DhkLabelMap *dhk_label_map_new (DhkRecogniser *recogniser, guint question);
void dhk_label_map_free (DhkLabelMap *self);

/*
 * The value of a cell. `codes`: it stands in a column of codes. FALSE when nothing
 * is known of it.
 */
gboolean dhk_label_map_find (DhkLabelMap *self, const DhkWord *word, gboolean codes, int *value);

/* The entry of a cell, or NULL. Lent. */
const DhkLabelEntry *
dhk_label_map_get_entry (DhkLabelMap *self, const DhkWord *word, gboolean codes);

/* Starts the question about a text that nothing is known of. Takes `text` and `detail`. */
void dhk_label_map_begin_unknown (DhkLabelMap *self, const DhkWord *word, char *text, char *detail);

/* Ends it: FALSE when it stays open, else what it is taken as. */
gboolean dhk_label_map_end_unknown (DhkLabelMap *self, const DhkWord *word, int *value);

/* Offers every text that is known to be taken as something else. */
void dhk_label_map_offer (DhkLabelMap *self);

/* How a value is called; lent. */
const char *dhk_label_map_describe (DhkLabelMap *self, int value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkLabelMap, dhk_label_map_free)

G_END_DECLS
