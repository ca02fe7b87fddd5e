/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What a foreign questionnaire asks, before it is an instrument. Inner header of the import room.
 *
 * The readers of other programs' files fill an outline question by question;
 * dhk_outline_to_instrument() makes an instrument of it: questions with the same answers
 * share an answer scale and become items, a choice that no other question shares becomes a
 * background variable, so does a number, and so do several choices. What cannot be asked that way (open text)
 * is left out, with a note.
 */

#include "study/dhk-instrument.h"

G_BEGIN_DECLS

#define DHK_OUTLINE_MAX_QUESTIONS 1000
#define DHK_OUTLINE_MAX_ANSWERS 100

typedef struct
{
  int code; /* 0 to 100, or -1: its place */
  char *label;
  char *other; /* in the outline's other language, or NULL */
  char *head;  /* of several choices: the column that the other program has for this one, or NULL */
} DhkOutlineAnswer;

typedef struct
{
  char *code;       /* how the other program calls it, may be "" */
  char *stem;       /* above a grid, may be "" */
  char *text;       /* never "" */
  char *other_stem; /* in the outline's other language, or NULL */
  char *other_text;
  GPtrArray *answers; /* DhkOutlineAnswer; none: a number */
  double minimum;     /* of a number */
  double maximum;
  gboolean in_grid; /* an item, even when no other question has its answers */
  gboolean several; /* a person may choose as many of the answers as apply */
  guint group;      /* same number: the same answers */
  char *id;         /* in the instrument, once it is made */
  gboolean is_item;
} DhkOutlineQuestion;

typedef struct
{
  char *title;
  char *other_title; /* in the other language, or NULL */
  DhkLanguage language;
  GPtrArray *questions; /* DhkOutlineQuestion */
  GPtrArray *notes;     /* sentences */
  guint n_groups;
  guint n_left_out;
} DhkOutline;

DhkOutline *dhk_outline_new (const char *title, DhkLanguage language);
void dhk_outline_free (DhkOutline *self);

/* Adds a question; texts are cleaned of tags and white space. NULL when there is no text in it, or
 * no room for more. Lent. */
DhkOutlineQuestion *
dhk_outline_add (DhkOutline *self, const char *code, const char *stem, const char *text);
void dhk_outline_add_answer (DhkOutlineQuestion *question, int code, const char *label);

/* The same for one of several choices. */
void dhk_outline_add_choice (DhkOutlineQuestion *question, const char *head, const char *label);

/* Takes the last added question out again. */
void dhk_outline_drop_last (DhkOutline *self);

/* Sorts the questions into items and background variables, gives items with the same answers the same
 * `group`, and leaves out what has no place; then, whether there is any item. */
void dhk_outline_sort (DhkOutline *self);
gboolean dhk_outline_has_items (const DhkOutline *self);

/* The instrument, or NULL with DHK_IMPORT_ERROR_NOT_RECOGNISED when nothing can be scored. Owned. */
DhkInstrument *dhk_outline_to_instrument (DhkOutline *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkOutline, dhk_outline_free)

G_END_DECLS
