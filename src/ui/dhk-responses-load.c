/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The list of the Responses page. Of a small study it is loaded whole. Of a large one the answers are
 * the session's frame, so they are shown at once; who is who comes by parts, first of the rows in
 * sight. What needs all rows (filters, search, sorting) waits for the last part. A list
 * that takes the place of another is shown when it is whole.
 */

#include <glib/gi18n.h>

#include "ui/dhk-message.h"
#include "ui/dhk-responses-private.h"

/* Blocks of a part that nobody looks at: so short that whoever scrolls meanwhile does not wait. */
#define BLOCKS_AT_ONCE 4

typedef struct
{
  DhkResponsesPage *page;
  DhkRespondents *list;
} Loading;

static Loading *
loading_new (DhkResponsesPage *page)
{
  Loading *self = g_new0 (Loading, 1);

  self->page = g_object_ref (page);
  self->list = dhk_respondents_ref (page->coming);
  return self;
}

static void
loading_free (Loading *self)
{
  g_object_unref (self->page);
  dhk_respondents_unref (self->list);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, loading_free)

/* Whoever came here by key goes on in the grid; whoever walks the sidebar stays there. */
static void
take_focus (DhkResponsesPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && (focus == NULL || gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX) == NULL)
      && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    dhk_responses_focus_grid (self);
}

static void
show_list (DhkResponsesPage *self, DhkRespondents *list)
{
  /* The instrument may be another one now. */
  if (self->list == NULL
      || dhk_respondents_get_instrument (self->list) != dhk_respondents_get_instrument (list))
    {
      g_clear_pointer (&self->questions, g_ptr_array_unref);
      self->sort = NULL;
    }
  dhk_respondents_ref (list);
  g_clear_pointer (&self->list, dhk_respondents_unref);
  self->list = list;
  dhk_answer_grid_clear_pending (self->grid);
  gtk_stack_set_visible_child_name (self->stack,
                                    dhk_respondents_get_n (self->list) > 0 ? "content" : "empty");
  dhk_responses_update_rows (self);
  take_focus (self);
}

static void
fail (DhkResponsesPage *self, const GError *error)
{
  g_clear_object (&self->loading);
  g_clear_pointer (&self->coming, dhk_respondents_unref);
  dhk_message_show_error (GTK_WIDGET (self), _ ("The answers could not be read"), error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkResponsesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkRespondents) list
      = dhk_session_load_respondents_finish (DHK_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;
  if (list == NULL)
    {
      fail (self, error);
      return;
    }
  g_clear_object (&self->loading);
  show_list (self, list);
}

/* Part by part ------------------------------------------------------------ */

static void load_next_part (DhkResponsesPage *self);

static void
take_part (DhkResponsesPage *self, DhkRespondentPart *part)
{
  gboolean is_shown = self->coming == self->list;

  dhk_respondents_take_part (self->coming, part);
  if (!dhk_respondents_is_whole (self->coming))
    load_next_part (self);
  else
    {
      g_autoptr (DhkRespondents) list = g_steal_pointer (&self->coming);

      g_clear_object (&self->loading);
      if (!is_shown)
        show_list (self, list);
      else if (!dhk_responses_shows_all (self))
        dhk_responses_update_rows (self);
    }
  if (is_shown)
    {
      gtk_widget_queue_draw (GTK_WIDGET (self->grid));
      dhk_responses_show_count (self);
      dhk_responses_update_focus_bar (self);
    }
}

static void
part_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Loading) loading = user_data;
  DhkResponsesPage *self = loading->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkRespondentPart) part
      = dhk_session_load_part_finish (DHK_SESSION (source), result, &error);

  /* A newer list is on its way, or the page is gone. */
  if (self->session == NULL || self->coming != loading->list)
    return;
  if (part == NULL)
    fail (self, error);
  else
    take_part (self, part);
}

static void
load_next_part (DhkResponsesPage *self)
{
  gboolean is_first = dhk_respondents_get_n_loaded (self->coming) == 0;
  guint n = 1;
  guint first = dhk_respondents_find_gap (self->coming, is_first ? 1 : BLOCKS_AT_ONCE, &n);
  guint rows[2];

  /* Both ends of what is in sight, since that may lie in two blocks. */
  if (self->coming == self->list && dhk_answer_grid_get_sight (self->grid, &rows[0], &rows[1]))
    for (guint i = 0; i < 2; i++)
      if (!dhk_respondents_has_row (self->coming, rows[1 - i]))
        {
          first = rows[1 - i] / DHK_RESPONDENT_BLOCK;
          n = 1;
        }
  dhk_session_load_part_async (self->session, self->coming, first, n, is_first, self->loading,
                               part_cb, loading_new (self));
}

static gboolean
has_excluded (DhkSession *session)
{
  DhkInstrument *instrument = dhk_session_get_instrument (session);

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    if (dhk_session_get_coverage (session, i)->excluded > 0)
      return TRUE;
  return FALSE;
}

void
dhk_responses_reload (DhkResponsesPage *self)
{
  DhkFrame *frame = dhk_session_get_frame (self->session);

  self->is_stale = FALSE;
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->coming, dhk_respondents_unref);
  self->loading = g_cancellable_new ();
  /* Excluded ones are not in the frame. */
  if (dhk_frame_get_n_rows (frame) <= DHK_RESPONSES_AT_ONCE || has_excluded (self->session))
    {
      dhk_session_load_respondents_async (self->session, self->loading, loaded_cb,
                                          g_object_ref (self));
      return;
    }
  self->coming = dhk_respondents_new (frame);
  if ((self->list == NULL || dhk_respondents_get_n (self->list) == 0)
      && dhk_responses_shows_all (self))
    show_list (self, self->coming);
  load_next_part (self);
}
