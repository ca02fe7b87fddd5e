/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The words of the file format: heads that a form's export puts before the
 * questions, in Dutch and English, and heads that promise personal data.
 * Nothing here belongs to any survey.
 *
 * Every text given must be folded (dhk_text_fold()).
 */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DHK_HEAD_OTHER,
  DHK_HEAD_FORM_ID,
  DHK_HEAD_STARTED,
  DHK_HEAD_COMPLETED,
  DHK_HEAD_TECHNICAL,
  DHK_HEAD_TYPE,  /* who answers, in a file of several questionnaires */
  DHK_HEAD_EMAIL, /* personal, and tells persons apart while a file is read */
  DHK_HEAD_PERSONAL,
} DhkHeadKind;

/* What a whole head means; a number glued behind it does not matter. */
DhkHeadKind dhk_head_words_classify (const char *folded);

/* TRUE when a word of the head asks for something personal ("What is your e-mail address?"). */
gboolean dhk_head_words_sound_personal (const char *folded);

/* TRUE when a word of the head asks for a number: a year, how many, how old. */
gboolean dhk_head_words_ask_number (const char *folded);

typedef enum
{
  DHK_TOTAL_NONE,
  DHK_TOTAL_BRIEF, /* "SD", "n =": may be initials as well */
  DHK_TOTAL_CLEAR, /* "Grand total", "Gemiddelde:" */
} DhkTotalWord;

/* Whether a cell calls its row one of totals. */
DhkTotalWord dhk_head_words_find_total (const char *folded);

G_END_DECLS
