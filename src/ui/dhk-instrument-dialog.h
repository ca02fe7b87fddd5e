/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A dialog about the questionnaires: some fields, and what becomes of them. It is made,
 * gets its fields, and is presented. On the page Questionnaire, when somebody accepts, `apply` makes the next
 * instrument of the fields, and the page takes it or says why not; elsewhere `take` sees to that.
 */

#include "ui/dhk-instrument-page-private.h"

G_BEGIN_DECLS

#define DHK_DIALOG_MAX_FIELDS 5

typedef struct _DhkInstrumentDialog DhkInstrumentDialog;

typedef DhkInstrument *(*DhkDialogApply) (DhkInstrumentDialog *self,
                                          DhkInstrument *instrument,
                                          GError **error);

typedef void (*DhkDialogTake) (DhkInstrumentDialog *self);

/* Whether enough is filled in to accept. */
typedef gboolean (*DhkDialogIsWhole) (DhkInstrumentDialog *self);

struct _DhkInstrumentDialog
{
  GtkWidget *owner;
  DhkInstrumentPage *page;  /* the owner, where it is that page */
  AdwMessageDialog *dialog; /* it owns this struct */
  GtkListBox *list;
  DhkDialogApply apply;
  DhkDialogTake take;
  DhkDialogIsWhole is_whole; /* when not told otherwise: every text that can be typed has been */
  int place;                 /* what the dialog is about, for `apply` */
  int second;                /* likewise */
  char *focus;               /* name of the widget that gets the focus afterwards */
  GtkWidget *fields[DHK_DIALOG_MAX_FIELDS]; /* in order; lent */
  guint n_fields;
};

DhkInstrumentDialog *dhk_instrument_dialog_new (DhkInstrumentPage *page,
                                                const char *heading,
                                                const char *body,
                                                const char *accept,
                                                DhkDialogApply apply);

/* The same over another page. */
DhkInstrumentDialog *dhk_instrument_dialog_new_over (GtkWidget *owner,
                                                     const char *heading,
                                                     const char *body,
                                                     const char *accept,
                                                     DhkDialogTake take);

GtkWidget *
dhk_instrument_dialog_add_text (DhkInstrumentDialog *self, const char *title, const char *text);

/* `names` is taken. */
GtkDropDown *dhk_instrument_dialog_add_choice (DhkInstrumentDialog *self,
                                               const char *title,
                                               GtkStringList *names,
                                               guint selected);

/* Asks again whether it is whole; a text that changes does so too. */
void dhk_instrument_dialog_check (DhkInstrumentDialog *self);

/* Shows it; the first field has the focus. */
void dhk_instrument_dialog_present (DhkInstrumentDialog *self);

/* Of the field with this index. */
const char *dhk_instrument_dialog_get_text (DhkInstrumentDialog *self, guint field);
gboolean dhk_instrument_dialog_has_text (DhkInstrumentDialog *self, guint field);
guint dhk_instrument_dialog_get_choice (DhkInstrumentDialog *self, guint field);

G_END_DECLS
