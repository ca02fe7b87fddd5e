/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A questionnaire as a form to print and hand out.
 *
 * One questionnaire of an instrument becomes pages (dhk-pages.h) that are shown, printed and written
 * like any others: A4, black on white, every question numbered by its place in the
 * questionnaire (from 1), which is the order in which the form is typed in, and every box with
 * the digit that is typed. No question is ever divided over two pages. Each page has
 * room for the form's number, or the number itself.
 */

#include "export/dhk-pages.h"
#include "study/dhk-instrument.h"

G_BEGIN_DECLS

/* So many forms may be numbered in one file. */
#define DHK_PAPER_MAX_FORMS 1000

/*
 * The form in `language`. With `first` 0 one form with room for its number; else a form for
 * each number from `first` to `last`, both below a million. The result is owned.
 */
DhkPages *dhk_paper_new (
    DhkInstrument *instrument, guint questionnaire, guint first, guint last, DhkLanguage language);

typedef struct
{
  guint page; /* from 0 */
  double x;   /* the upper left corner, in points */
  double y;
  double width;
  double height;
} DhkPaperBox;

/*
 * Where on the first form an answer is crossed: `question` is its place in the questionnaire
 * (from 0); `code` is an item's answer code, a category's place (from 1), or the place of a digit
 * (from 0) of a number that is written. FALSE when the form has no such box.
 */
gboolean dhk_paper_find_box (const DhkPages *pages, guint question, int code, DhkPaperBox *box);

G_END_DECLS
