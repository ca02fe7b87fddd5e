/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The preview of an import: a column of the file a row, with what it becomes and its first cells. */

#include <glib/gi18n.h>

#include "ui/dhk-import-preview-private.h"
#include "ui/dhk-import-rows.h"

#define ROLE_WIDTH 220

/* Cells -------------------------------------------------------------------- */

/* A label that nobody has said anything about yet. */
static gboolean
is_open (const DhkDraftColumn *column, guint row)
{
  const char *text = row < column->preview->len ? g_ptr_array_index (column->preview, row) : "";

  for (guint i = 0; column->labels != NULL && i < column->labels->len; i++)
    {
      const DhkDraftLabel *label = g_ptr_array_index (column->labels, i);

      if (label->by == DHK_DECIDED_BY_NOBODY && g_str_equal (label->text, text))
        return TRUE;
    }
  return FALSE;
}

/* What a cell with several choices becomes; a text in it that is still asked about leaves it open. */
static char *
dup_chosen (DhkImportPreview *self, const DhkDraftColumn *column, DhkDraftFile *file, guint row)
{
  DhkInstrument *instrument = dhk_draft_get_instrument (self->draft);
  const DhkQuestion *question
      = &dhk_instrument_get_questionnaire (instrument, (guint) file->questionnaire)
             ->questions[column->question];
  const DhkChoices *choices = dhk_instrument_get_question_choices (instrument, question);
  const gint8 *codes = dhk_draft_file_get_codes (file, row) + column->question;
  gboolean asked = FALSE;
  gboolean doubtful = FALSE;

  for (guint i = 0; column->labels != NULL && i < column->labels->len; i++)
    asked |= ((const DhkDraftLabel *) g_ptr_array_index (column->labels, i))->by
             == DHK_DECIDED_BY_NOBODY;
  for (guint i = 0; i < choices->n_choices; i++)
    doubtful |= codes[i] == DHK_MISSING_UNREADABLE;
  return asked && doubtful ? g_strdup (_ ("still open"))
                           : dhk_choices_dup_chosen (choices, codes, dhk_language_of_messages ());
}

/* The day that it was taken for: the clock stands below, and is not in doubt. */
static char *
dup_day (gint64 seconds)
{
  g_autoptr (GDateTime) time = seconds != 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;

  return time != NULL ? g_date_time_format (time, "%-d %b %Y") : g_strdup ("–");
}

/* What the form says of each response, of which it becomes the number and the times. */
static char *
dup_fixed (const DhkDraftColumn *column, DhkDraftFile *file, guint row)
{
  g_auto (DhkDraftRow) found = { 0 };

  dhk_draft_file_read_row (file, row, &found);
  if (column->role == DHK_COLUMN_FORM_ID)
    return g_strdup (found.form_id != NULL ? found.form_id : "–");
  return dup_day (column->role == DHK_COLUMN_STARTED ? found.started : found.completed);
}

/* What a cell becomes. Free with g_free(). */
static char *
dup_result (DhkImportPreview *self, const DhkDraftColumn *column, guint row)
{
  DhkDraftFile *file = (DhkDraftFile *) dhk_import_preview_get_file (self);

  if (column->role == DHK_COLUMN_ASKED || is_open (column, row))
    return g_strdup (_ ("still open"));
  if (column->role == DHK_COLUMN_FORM_ID || column->role == DHK_COLUMN_STARTED
      || column->role == DHK_COLUMN_COMPLETED)
    return dup_fixed (column, file, row);
  if (column->role != DHK_COLUMN_QUESTION || file->questionnaire < 0)
    return g_strdup ("–");
  if (dhk_draft_file_get_fate (file, row) == DHK_ROW_ASIDE)
    return g_strdup (_ ("row kept aside"));
  if (column->several)
    return dup_chosen (self, column, file, row);
  return dhk_import_dup_answer (self->draft, file, row, (guint) column->question);
}

/* Asked for when it is wanted: setting one asks the display where the pointer is, cell by cell. */
static gboolean
tooltip_cb (GtkWidget *box, int x, int y, gboolean by_key, GtkTooltip *tooltip, gpointer user_data)
{
  g_autofree char *both = g_strdup_printf (
      "%s\n%s", gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (box))),
      gtk_label_get_text (GTK_LABEL (gtk_widget_get_last_child (box))));

  gtk_tooltip_set_text (tooltip, both);
  return TRUE;
}

static GtkWidget *
create_cell (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_has_tooltip (box, TRUE);
  g_signal_connect (box, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  gtk_widget_add_css_class (gtk_widget_get_first_child (box), "preview-first");
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "caption");
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "dim-label");
  return box;
}

static void
set_cell (GtkListItem *item, const char *first, const char *second)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), first);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), second);
}

static guint
get_place (GtkListItem *item)
{
  return (guint) g_ascii_strtoull (
      gtk_string_object_get_string (GTK_STRING_OBJECT (gtk_list_item_get_item (item))), NULL, 10);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  gtk_list_item_set_child (item, create_cell ());
}

static void
bind_head_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const DhkDraftColumn *column = dhk_import_preview_get_column (user_data, get_place (item));
  g_autofree char *place = NULL;

  if (column == NULL)
    return;
  place = g_strdup_printf (_ ("column %u"), column->index + 1);
  set_cell (item,
            column->role == DHK_COLUMN_PERSONAL ? _ ("Personal column")
            : column->head[0] == '\0'           ? _ ("(no head)")
                                                : column->head,
            place);
}

static void
bind_role_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  DhkImportPreview *self = user_data;
  const DhkDraftColumn *column = dhk_import_preview_get_column (self, get_place (item));
  g_autofree char *role = NULL;

  if (column == NULL)
    return;
  role = dhk_import_dup_role_text (self->draft, dhk_import_preview_get_file (self), column);
  set_cell (item, role, column->reason != NULL ? column->reason : "");
}

static void
bind_sample_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  DhkImportPreview *self = user_data;
  const DhkDraftColumn *column = dhk_import_preview_get_column (self, get_place (item));
  guint row = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "row"));
  g_autofree char *result = NULL;

  if (column == NULL || column->preview == NULL || row >= column->preview->len
      || row >= dhk_draft_file_get_n_rows (dhk_import_preview_get_file (self)))
    {
      set_cell (item, "", "");
      return;
    }
  result = dup_result (self, column, row);
  set_cell (item, result, g_ptr_array_index (column->preview, row));
}

typedef void (*BindFunc) (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data);

static GtkColumnViewColumn *
add_column (DhkImportPreview *self, const char *title, int width, BindFunc bind, guint row)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;

  g_object_set_data (G_OBJECT (factory), "row", GUINT_TO_POINTER (row));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind), self);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
  g_object_unref (column);
  return column;
}

void
dhk_import_preview_add_columns (DhkImportPreview *self)
{
  add_column (self, _ ("In the file"), 0, bind_head_cb, 0);
  add_column (self, _ ("Becomes"), ROLE_WIDTH, bind_role_cb, 0);
  for (guint i = 0; i < DHK_PREVIEW_SAMPLES; i++)
    self->samples[i] = add_column (self, "", DHK_PREVIEW_SAMPLE_WIDTH, bind_sample_cb, i);
}
