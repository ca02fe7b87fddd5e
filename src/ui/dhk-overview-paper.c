/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-overview-paper.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/dhk-session-entry.h"

#define REQUEST_DATA "dhk-overview-paper"

typedef struct
{
  GtkListBox *rows;
  guint number;
} Request;

static guint
get_newest (GtkListBox *rows)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (rows), REQUEST_DATA));
}

static void
add_link (GtkListBox *rows, guint questionnaire, const char *text)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (rows, (int) questionnaire);
  GtkWidget *button;

  if (row == NULL)
    return;
  button = gtk_button_new_with_label (text);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "link");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.page");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "entry");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  g_autoptr (GtkListBox) rows = request->rows;
  DhkInstrument *instrument = dhk_session_get_instrument (DHK_SESSION (source));
  g_autoptr (GPtrArray) batches = NULL;
  gboolean is_newest = get_newest (rows) == request->number;
  gpointer value = NULL;

  g_free (request);
  /* Without the list the page says less; Paper entry says what was wrong. */
  if (dhk_session_entry_finish (DHK_SESSION (source), result, &value, NULL))
    batches = value;
  if (batches == NULL || !is_newest)
    return;
  for (guint q = 0; q < dhk_instrument_get_n_questionnaires (instrument); q++)
    {
      guint n_unfinished = 0;
      guint n_differences = 0;

      for (guint i = 0; i < batches->len; i++)
        {
          const DhkEntryBatch *batch = g_ptr_array_index (batches, i);

          if (batch->questionnaire != q)
            continue;
          n_unfinished += batch->n_forms - batch->n_complete;
          n_differences += batch->n_differences;
        }
      if (n_unfinished > 0)
        {
          g_autofree char *text = g_strdup_printf (
              ngettext ("%u paper form unfinished", "%u paper forms unfinished", n_unfinished),
              n_unfinished);

          add_link (rows, q, text);
        }
      if (n_differences > 0)
        {
          g_autofree char *text
              = g_strdup_printf (ngettext ("%u difference to be settled",
                                           "%u differences to be settled", n_differences),
                                 n_differences);

          add_link (rows, q, text);
        }
    }
}

void
dhk_overview_add_paper (GtkListBox *rows, DhkSession *session)
{
  Request *request;

  g_return_if_fail (GTK_IS_LIST_BOX (rows));
  g_return_if_fail (DHK_IS_SESSION (session));

  request = g_new0 (Request, 1);
  request->rows = g_object_ref (rows);
  request->number = get_newest (rows) + 1;
  g_object_set_data (G_OBJECT (rows), REQUEST_DATA, GUINT_TO_POINTER (request->number));
  dhk_session_list_entry_async (session, listed_cb, request);
}
