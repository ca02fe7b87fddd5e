/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the page Questionnaire share; for nobody else. */

#include <adwaita.h>

#include "study/dhk-instrument-edit.h"
#include "ui/dhk-instrument-page.h"

G_BEGIN_DECLS

struct _DhkInstrumentPage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *content;
  GtkLabel *subtitle;
  GtkWidget *edit_button;
  GtkDropDown *questionnaires;
  GtkDropDown *languages;
  GtkDropDown *variants;
  GtkStack *tabs;
  GtkBox *questions;
  GtkBox *scales;
  GtkBox *answers;
  GtkBox *versions;
  GtkWidget *bar;
  GtkLabel *state;

  /* Owned */
  DhkSession *session;
  DhkInstrument *draft; /* while editing, or NULL */
  char *focus;          /* name of the widget that gets the focus when the tab is made again */
  guint stale;          /* a bit per tab that is to be made again when it is shown */
  guint building;       /* the tab that is being made, when one is */
  GtkListBox *list;     /* borrowed: that it is adding to */
  gboolean updating;    /* widgets are set by the program */
  guint first_form;     /* of the numbered paper forms that are asked for */
  guint last_form;
};

/* What is shown: the draft, or what the study has. Lent. */
DhkInstrument *dhk_instrument_page_get_instrument (DhkInstrumentPage *self);
gboolean dhk_instrument_page_is_editing (DhkInstrumentPage *self);
guint dhk_instrument_page_get_questionnaire (DhkInstrumentPage *self);
DhkLanguage dhk_instrument_page_get_language (DhkInstrumentPage *self);

/*
 * Makes `next` (owned; NULL when `error` says why there is none) the draft. TRUE when it is. With
 * `rebuild` the tabs are made again, and the focus goes to the widget named `focus` (may be NULL).
 */
gboolean dhk_instrument_page_take (DhkInstrumentPage *self,
                                   DhkInstrument *next,
                                   GError *error,
                                   gboolean rebuild,
                                   const char *focus);

/* The choices above the tabs follow the draft; questionnaire `index` is the one that is shown. */
void dhk_instrument_page_show_questionnaire (DhkInstrumentPage *self, guint index);

/* Says in a toast why something stays, and returns TRUE, when somebody in the study answered it:
 * an item (`code` -1), or one answer of every item with an answer scale. */
gboolean dhk_instrument_page_is_answered (DhkInstrumentPage *self, guint item);
gboolean
dhk_instrument_page_is_given (DhkInstrumentPage *self, guint answer_scale, const DhkAnswer *answer);

/* Tabs, made from what is shown, piece by piece (ui/dhk-slices.h): FALSE when that was the last. */
gboolean dhk_instrument_page_build_questions (DhkInstrumentPage *self, guint place);
gboolean dhk_instrument_page_build_scales (DhkInstrumentPage *self, guint place);
gboolean dhk_instrument_page_build_answers (DhkInstrumentPage *self, guint place);
void dhk_instrument_page_load_versions (DhkInstrumentPage *self);

/* Names above the questions; variants and items without a question below them. */
void dhk_instrument_page_add_names (DhkInstrumentPage *self);
void dhk_instrument_page_add_variants (DhkInstrumentPage *self);
void dhk_instrument_page_add_unasked (DhkInstrumentPage *self);

/* The actions "page.print", "page.export" and "page.number" (dhk-instrument-paper.c). */
void dhk_instrument_page_install_paper (GtkWidgetClass *widget_class);

/* Asks for what something new is, or for what a row has no place. */
void dhk_instrument_page_ask_question (DhkInstrumentPage *self, int after);
void dhk_instrument_page_ask_background (DhkInstrumentPage *self);
void dhk_instrument_page_ask_about_question (DhkInstrumentPage *self, guint question);
void dhk_instrument_page_ask_scale (DhkInstrumentPage *self);
void dhk_instrument_page_ask_terms (DhkInstrumentPage *self, guint scale);
void dhk_instrument_page_ask_answers (DhkInstrumentPage *self);
void dhk_instrument_page_ask_code (DhkInstrumentPage *self, guint answer_scale, int code);
void dhk_instrument_page_ask_copy (DhkInstrumentPage *self);
void dhk_instrument_page_ask_variant (DhkInstrumentPage *self);
void dhk_instrument_page_ask_word (DhkInstrumentPage *self, guint variant);

/*
 * Widgets that more than one tab is made of. A tab begins, adds what it shows from top to bottom, and
 * ends: until then what it showed before stays below. Adding takes a widget of
 * the same kind that was there already.
 */

void dhk_instrument_page_begin (GtkBox *box);

/* Removes something that was not added again; FALSE when there was nothing. */
gboolean dhk_instrument_page_end (GtkBox *box);

/* A child of the box, or a row of the list that is being added to, in its place again; or NULL. */
GtkWidget *dhk_instrument_page_take_child (GtkBox *box, const char *kind);
GtkWidget *dhk_instrument_page_take_row (GtkListBox *list, const char *kind);
void dhk_instrument_page_put_child (GtkBox *box, GtkWidget *child, const char *kind);
void dhk_instrument_page_put_row (GtkListBox *list, GtkWidget *row, const char *kind);
void dhk_instrument_page_set_kind (GtkWidget *widget, const char *kind);

/* Brings the focus back to where it was before the rows were made again, and the page with it. */
void dhk_instrument_page_restore_focus (DhkInstrumentPage *self);

GtkListBox *dhk_instrument_page_add_list (GtkBox *box, const char *title, const char *description);

/* A row with a title and a subtitle, read together. */
GtkWidget *dhk_instrument_page_add_row (GtkListBox *list, const char *title, const char *subtitle);

/*
 * A row whose text can be changed; `apply` is called with the row when somebody ends that with
 * Enter or by leaving it, and says whether the text was taken. `list` NULL: the caller puts it somewhere.
 */
typedef gboolean (*DhkTextApply) (DhkInstrumentPage *self, GtkWidget *row, const char *text);
GtkWidget *dhk_instrument_page_add_text (DhkInstrumentPage *self,
                                         GtkListBox *list,
                                         const char *title,
                                         const char *text,
                                         DhkTextApply apply);

/* A flat button with an icon at the end of a row. */
GtkWidget *dhk_instrument_page_add_button (DhkInstrumentPage *self,
                                           GtkWidget *row,
                                           const char *icon,
                                           const char *label,
                                           GCallback clicked);

/* The buttons that a row has are added once more, in their order. */
void dhk_instrument_page_renew_buttons (GtkWidget *row);

/* Numbers that a row's callbacks need: 0, 1. */
void dhk_instrument_page_set_place (GtkWidget *widget, int first, int second);
int dhk_instrument_page_get_place (GtkWidget *widget, guint which);

G_END_DECLS
