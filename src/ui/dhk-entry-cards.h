/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Big cards to choose one of, each with the key that chooses it and its words: radio buttons
 * that can be read across a desk. Arrow keys move the focus and choose nothing; space or a
 * click chooses. Digits are the owner's work.
 *
 * Emits "chosen" with the place of the card when a person chose it.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DHK_TYPE_ENTRY_CARDS (dhk_entry_cards_get_type ())
G_DECLARE_FINAL_TYPE (DhkEntryCards, dhk_entry_cards, DHK, ENTRY_CARDS, GtkWidget)

/* Other cards; `n` keys and labels. `active` is the one that is chosen, or -1. */
void dhk_entry_cards_set (
    DhkEntryCards *self, const char *const *keys, const char *const *labels, guint n, int active);

/*
 * The same with cards that are ticked and unticked, each for itself: "chosen" tells of both. `focus` is the
 * one for dhk_entry_cards_focus(), or -1.
 */
void dhk_entry_cards_set_several (DhkEntryCards *self,
                                  const char *const *keys,
                                  const char *const *labels,
                                  guint n,
                                  const gboolean *ticked,
                                  int focus);

/* The focus to the chosen card, else to the first. */
void dhk_entry_cards_focus (DhkEntryCards *self);

/* The focus `step` cards on, when it is on a card. */
void dhk_entry_cards_move (DhkEntryCards *self, int step);

G_END_DECLS
