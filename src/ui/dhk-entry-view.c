/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The entry view: loading, storing, and the way from form to form. */

#include "ui/dhk-entry-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/dhk-entry-view-private.h"
#include "ui/dhk-message.h"
#include "ui/dhk-state.h"

G_DEFINE_FINAL_TYPE (DhkEntryView, dhk_entry_view, GTK_TYPE_WIDGET)

static guint leave_signal;

/* Loading ---------------------------------------------------------------------- */

typedef enum
{
  SHOW_NUMBER,   /* ask which form it is */
  SHOW_QUESTION, /* its first open question */
  SHOW_CHANGE,   /* where it is not what it was: something was undone */
} Then;

typedef struct
{
  DhkEntryView *self;
  DhkEntryForm form;
  Then then;
} Load;

static void load_form (DhkEntryView *self, guint number, guint after, Then then);

static guint
find_open (const DhkEntrySheet *sheet)
{
  for (guint i = 0; i < sheet->n_answers; i++)
    if (sheet->answers[i].kind == DHK_ENTRY_OPEN)
      return i;
  return 0;
}

static guint
find_change (const DhkEntrySheet *old, const DhkEntrySheet *new, guint fallback)
{
  for (guint i = 0; i < MIN (old->n_answers, new->n_answers); i++)
    if (old->answers[i].kind != new->answers[i].kind
        || !dhk_entry_answer_same (&old->answers[i], &new->answers[i]))
      return i;
  return fallback;
}

static void
show_sheet (DhkEntryView *self, DhkEntrySheet *sheet, Then then)
{
  g_autoptr (DhkEntrySheet) old = g_steal_pointer (&self->sheet);
  guint question = self->question;

  self->sheet = sheet;
  self->form.number = sheet->number;
  /* Undone to its beginning, or it has another number again. */
  if (then == SHOW_CHANGE && old != NULL && old->exists && !sheet->exists)
    {
      gtk_label_set_text (self->status, "");
      load_form (self, 0, 0, SHOW_NUMBER);
      return;
    }
  if (then == SHOW_NUMBER)
    {
      dhk_entry_view_show_number (self);
      return;
    }
  if (then == SHOW_QUESTION)
    question = find_open (sheet);
  else if (old != NULL)
    {
      question = find_change (old, sheet, question);
      gtk_label_set_text (self->status, "");
    }
  dhk_entry_view_show_question (self, MIN (question, sheet->n_answers - 1));
  if (then == SHOW_QUESTION && sheet->complete)
    dhk_entry_view_say (self, _ ("This form was typed before. What you type now corrects it."));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (DhkEntryView) self = load->self;
  g_autoptr (GError) error = NULL;
  gpointer sheet = NULL;
  gboolean is_wanted = self->session != NULL && self->form.batch == load->form.batch
                       && self->form.pass == load->form.pass;

  if (!dhk_session_entry_finish (DHK_SESSION (source), result, &sheet, &error))
    {
      if (is_wanted)
        {
          dhk_message_show_error (GTK_WIDGET (self), _ ("The form was not opened"), error);
          dhk_entry_view_leave (self);
        }
    }
  else if (!is_wanted)
    g_clear_pointer ((DhkEntrySheet **) &sheet, dhk_entry_sheet_free);
  else if (sheet == NULL)
    dhk_entry_view_show_done (self);
  else
    show_sheet (self, sheet, load->then);
  if (is_wanted)
    dhk_entry_view_replay (self);
  g_free (load);
}

static void
load_form (DhkEntryView *self, guint number, guint after, Then then)
{
  Load *load = g_new0 (Load, 1);

  self->form.number = number;
  self->form.after = after;
  if (then != SHOW_CHANGE)
    self->stage = DHK_ENTRY_STAGE_LOADING;
  load->self = g_object_ref (self);
  load->form = self->form;
  load->then = then;
  dhk_session_load_entry_async (self->session, &self->form, loaded_cb, load);
}

/* Storing ---------------------------------------------------------------------- */

typedef struct
{
  DhkEntryView *self;
  guint number;
  guint question;
} Saving;

static void
update_status (DhkEntryView *self, const char *saved)
{
  gtk_label_set_text (self->status, saved);
  gtk_widget_set_opacity (GTK_WIDGET (self->status), self->n_saving > 0 ? 0.5 : 1.0);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (DhkEntryView) self = saving->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  self->n_saving--;
  if (dhk_session_entry_finish (DHK_SESSION (source), result, NULL, &error))
    {
      text = g_strdup_printf (_ ("Answer %u of form %u saved"), saving->question + 1,
                              saving->number);
      update_status (self, text);
    }
  else
    {
      update_status (self, _ ("Not saved"));
      dhk_entry_view_forget_ahead (self);
      dhk_message_show_error (GTK_WIDGET (self), _ ("The answer was not stored"), error);
      if (self->session != NULL && self->form.number == saving->number)
        load_form (self, saving->number, 0, SHOW_CHANGE);
    }
  g_free (saving);
}

/* Of the question at hand; of several choices one answer each. */
static void
store_answers (DhkEntryView *self, const DhkEntryAnswer *answers)
{
  Saving *saving = g_new0 (Saving, 1);
  guint n = MAX (self->n_several, 1);

  for (guint i = 0; i < n; i++)
    self->sheet->answers[self->question + i] = answers[i];
  self->sheet->exists = TRUE;
  saving->self = g_object_ref (self);
  saving->number = self->sheet->number;
  saving->question = self->question;
  self->n_saving++;
  update_status (self, _ ("Saving…"));
  dhk_session_type_async (self->session, &self->form, self->question, answers, n, saved_cb, saving);
}

void
dhk_entry_view_answer (DhkEntryView *self, const DhkEntryAnswer *answer)
{
  guint n = MAX (self->n_several, 1);
  g_autofree DhkEntryAnswer *answers = g_new (DhkEntryAnswer, n);

  /* Why there is no answer holds for all of several choices. */
  for (guint i = 0; i < n; i++)
    answers[i] = *answer;
  store_answers (self, answers);
  if (gtk_check_button_get_active (self->go_on))
    dhk_entry_view_go_on (self);
  else
    dhk_entry_view_show_question (self, self->question);
}

void
dhk_entry_view_tick (DhkEntryView *self, guint choice)
{
  g_autofree DhkEntryAnswer *answers = g_new0 (DhkEntryAnswer, self->n_several + 1);
  gboolean any = FALSE;

  g_return_if_fail (choice < self->n_several);

  for (guint i = 0; i < self->n_several; i++)
    {
      const DhkEntryAnswer *now = &self->sheet->answers[self->question + i];
      gboolean was = now->kind == DHK_ENTRY_ANSWERED && now->code == DHK_CHOSEN;

      answers[i].code = was != (i == choice) ? DHK_CHOSEN : DHK_NOT_CHOSEN;
      any |= answers[i].code == DHK_CHOSEN;
    }
  for (guint i = 0; i < self->n_several; i++)
    answers[i] = (DhkEntryAnswer){ .kind = any ? DHK_ENTRY_ANSWERED : DHK_ENTRY_EMPTY,
                                   .code = any ? answers[i].code : 0 };
  store_answers (self, answers);
  self->ticked = (int) choice;
  dhk_entry_view_show_question (self, self->question);
}

/* The way ------------------------------------------------------------------------ */

void
dhk_entry_view_go_on (DhkEntryView *self)
{
  guint next = self->question + MAX (self->n_several, 1);

  if (next < self->sheet->n_answers)
    dhk_entry_view_show_question (self, next);
  else
    dhk_entry_view_show_summary (self);
}

void
dhk_entry_view_go_back (DhkEntryView *self)
{
  if (self->question > 0)
    dhk_entry_view_show_question (self, self->question - 1);
}

void
dhk_entry_view_leave (DhkEntryView *self)
{
  dhk_entry_view_forget_ahead (self);
  g_signal_emit (self, leave_signal, 0);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkEntryView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!dhk_session_entry_finish (DHK_SESSION (source), result, NULL, &error))
    {
      dhk_entry_view_forget_ahead (self);
      dhk_message_show_error (GTK_WIDGET (self), _ ("The form was not finished"), error);
      if (self->session != NULL)
        load_form (self, self->form.number, 0, SHOW_CHANGE);
      return;
    }
  text = g_strdup_printf (_ ("Form %u saved"), self->form.number);
  update_status (self, text);
  if (self->session != NULL)
    load_form (self, 0, self->form.number, SHOW_NUMBER);
}

void
dhk_entry_view_finish (DhkEntryView *self)
{
  self->stage = DHK_ENTRY_STAGE_LOADING;
  dhk_session_finish_entry_async (self->session, &self->form, finished_cb, g_object_ref (self));
}

void
dhk_entry_view_reload (DhkEntryView *self, guint number)
{
  load_form (self, number, 0, SHOW_CHANGE);
}

/* Something was undone or done again, or changed by another page. */
static void
changed_cb (DhkEntryView *self)
{
  if (self->sheet == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->stage == DHK_ENTRY_STAGE_QUESTION || self->stage == DHK_ENTRY_STAGE_MISSING
      || self->stage == DHK_ENTRY_STAGE_SUMMARY)
    load_form (self, self->sheet->number, 0, SHOW_CHANGE);
  else if (self->stage == DHK_ENTRY_STAGE_NUMBER)
    load_form (self, 0, 0, SHOW_NUMBER);
}

/* Widgets ------------------------------------------------------------------------ */

static void
number_accepted_cb (DhkEntryView *self)
{
  guint64 number = 0;

  if (self->stage != DHK_ENTRY_STAGE_NUMBER)
    return;
  if (!g_ascii_string_to_unsigned (gtk_editable_get_text (self->number_entry), 10, 1,
                                   DHK_ENTRY_MAX_NUMBER, &number, NULL))
    {
      g_autofree char *hint
          = g_strdup_printf (_ ("Type a number from 1 to %d."), DHK_ENTRY_MAX_NUMBER);

      gtk_label_set_text (self->number_hint, hint);
      gtk_editable_select_region (self->number_entry, 0, -1);
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  load_form (self, (guint) number, 0, SHOW_QUESTION);
}

static void
card_chosen_cb (DhkEntryView *self, guint place)
{
  dhk_entry_view_choose_card (self, place);
}

static void
finish_cb (DhkEntryView *self)
{
  if (self->stage == DHK_ENTRY_STAGE_SUMMARY)
    dhk_entry_view_finish (self);
}

static void
leave_cb (DhkEntryView *self)
{
  dhk_entry_view_leave (self);
}

static void
go_on_cb (DhkEntryView *self)
{
  dhk_state_set_flag ("entry-go-on", gtk_check_button_get_active (self->go_on));
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        gpointer user_data)
{
  DhkEntryView *self = DHK_ENTRY_VIEW (user_data);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  return dhk_entry_view_press (self, key);
}

/* Nothing but the question is on the screen: the sidebar makes room, and comes back. */
static void
dhk_entry_view_map (GtkWidget *widget)
{
  DhkEntryView *self = DHK_ENTRY_VIEW (widget);
  GtkWidget *flap = gtk_widget_get_ancestor (widget, ADW_TYPE_FLAP);

  GTK_WIDGET_CLASS (dhk_entry_view_parent_class)->map (widget);
  self->hid_sidebar = flap != NULL && !adw_flap_get_folded (ADW_FLAP (flap))
                      && adw_flap_get_reveal_flap (ADW_FLAP (flap));
  if (self->hid_sidebar)
    adw_flap_set_reveal_flap (ADW_FLAP (flap), FALSE);
}

static void
dhk_entry_view_unmap (GtkWidget *widget)
{
  DhkEntryView *self = DHK_ENTRY_VIEW (widget);
  GtkWidget *flap = gtk_widget_get_ancestor (widget, ADW_TYPE_FLAP);

  GTK_WIDGET_CLASS (dhk_entry_view_parent_class)->unmap (widget);
  if (self->hid_sidebar && flap != NULL && !adw_flap_get_folded (ADW_FLAP (flap)))
    adw_flap_set_reveal_flap (ADW_FLAP (flap), TRUE);
  self->hid_sidebar = FALSE;
}

/* Life --------------------------------------------------------------------------- */

void
dhk_entry_view_start (DhkEntryView *self,
                      DhkSession *session,
                      const DhkEntryBatch *batch,
                      DhkEntryPass pass)
{
  g_autofree char *name = NULL;

  g_return_if_fail (DHK_IS_ENTRY_VIEW (self));
  g_return_if_fail (DHK_IS_SESSION (session));

  if (self->session == NULL)
    {
      self->session = g_object_ref (session);
      g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  g_clear_pointer (&self->sheet, dhk_entry_sheet_free);
  dhk_entry_view_forget_ahead (self);
  self->form = (DhkEntryForm){ .batch = batch->id, .pass = pass };
  self->questionnaire = batch->questionnaire;
  name = pass == DHK_ENTRY_SECOND ? g_strdup_printf (_ ("%s, second time"), batch->name)
                                  : g_strdup (batch->name);
  gtk_label_set_text (self->batch_label, name);
  gtk_label_set_text (self->form_label, "");
  gtk_label_set_text (self->place_label, "");
  gtk_label_set_text (self->status, "");
  load_form (self, 0, 0, SHOW_NUMBER);
}

static void
dhk_entry_view_dispose (GObject *object)
{
  DhkEntryView *self = DHK_ENTRY_VIEW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->sheet, dhk_entry_sheet_free);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->refused, g_free);
  if (self->digits != NULL)
    g_string_free (g_steal_pointer (&self->digits), TRUE);
  g_clear_pointer (&self->ahead, g_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dhk_entry_view_parent_class)->dispose (object);
}

static void
dhk_entry_view_class_init (DhkEntryViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_entry_view_dispose;
  widget_class->map = dhk_entry_view_map;
  widget_class->unmap = dhk_entry_view_unmap;
  leave_signal = g_signal_new ("leave", DHK_TYPE_ENTRY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);

  g_type_ensure (DHK_TYPE_ENTRY_CARDS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/driehoek/Driehoek/entry-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, box);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, batch_label);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, form_label);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, place_label);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, status);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, progress);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, stages);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, number_entry);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, number_hint);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, go_on);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, stem);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, wording);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, cards);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, number_answer);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, message);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, hint);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, summary_title);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, summary_text);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, summary_button);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryView, done_button);
  gtk_widget_class_bind_template_callback (widget_class, number_accepted_cb);
  gtk_widget_class_bind_template_callback (widget_class, card_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, finish_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_on_cb);
}

static void
dhk_entry_view_init (DhkEntryView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->digits = g_string_new (NULL);
  self->ahead = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_check_button_set_active (self->go_on, dhk_state_get_flag ("entry-go-on", TRUE));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
