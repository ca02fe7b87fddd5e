/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A text that holds several choices ("School;Family doctor;", "School, Family doctor") taken
 * apart. Inner header of the import room.
 *
 * A choice may hold the separator itself ("Yes, often"), so the longest part of the text
 * that is a choice goes first. What is no choice is told as well. "Other: football" is the choice
 * Other with words of a person's own behind it.
 */

#include "study/dhk-instrument.h"

G_BEGIN_DECLS

typedef struct _DhkChoiceText DhkChoiceText;

typedef struct
{
  const char *text;   /* as it stands; without the own words */
  const char *fold;   /* folded */
  int choice;         /* or -1: none that is known */
  gboolean own_words; /* behind a choice */
} DhkChoicePart;

typedef void (*DhkChoicePartFunc) (const DhkChoicePart *part, gpointer user_data);

DhkChoiceText *dhk_choice_text_new (const DhkChoices *choices);
void dhk_choice_text_free (DhkChoiceText *self);

/* The separator of a column: ';' when a cell has one that is no part of a choice, else ','. */
gboolean dhk_choice_text_has_semicolon (const DhkChoiceText *self, const char *text);

/* Calls `func` for every part of `text`; what it gets is lent. */
void dhk_choice_text_split (const DhkChoiceText *self,
                            const char *text,
                            char separator,
                            DhkChoicePartFunc func,
                            gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkChoiceText, dhk_choice_text_free)

G_END_DECLS
