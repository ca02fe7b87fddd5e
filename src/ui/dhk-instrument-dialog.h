/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A dialog of the page Questionnaire: some fields, and what becomes of the draft with them. It is made,
 * gets its fields, and is presented; when somebody accepts, `apply` makes the next
 * instrument of the fields, and the page takes it or says why not.
 */

#include "ui/dhk-instrument-page-private.h"

G_BEGIN_DECLS

#define DHK_DIALOG_MAX_FIELDS 5

typedef struct _DhkInstrumentDialog DhkInstrumentDialog;

typedef DhkInstrument *(*DhkDialogApply) (DhkInstrumentDialog *self,
                                          DhkInstrument *instrument,
                                          GError **error);

struct _DhkInstrumentDialog
{
  DhkInstrumentPage *page;
  AdwMessageDialog *dialog; /* it owns this struct */
  GtkListBox *list;
  DhkDialogApply apply;
  int place;                                /* what the dialog is about, for `apply` */
  int second;                               /* likewise */
  char *focus;                              /* name of the widget that gets the focus afterwards */
  GtkWidget *fields[DHK_DIALOG_MAX_FIELDS]; /* in order; lent */
  guint n_fields;
};

DhkInstrumentDialog *dhk_instrument_dialog_new (DhkInstrumentPage *page,
                                                const char *heading,
                                                const char *body,
                                                const char *accept,
                                                DhkDialogApply apply);

GtkWidget *
dhk_instrument_dialog_add_text (DhkInstrumentDialog *self, const char *title, const char *text);

/* `names` is taken. */
GtkDropDown *dhk_instrument_dialog_add_choice (DhkInstrumentDialog *self,
                                               const char *title,
                                               GtkStringList *names,
                                               guint selected);

/* Shows it; the first field has the focus. */
void dhk_instrument_dialog_present (DhkInstrumentDialog *self);

/* Of the field with this index. */
const char *dhk_instrument_dialog_get_text (DhkInstrumentDialog *self, guint field);
guint dhk_instrument_dialog_get_choice (DhkInstrumentDialog *self, guint field);

G_END_DECLS
