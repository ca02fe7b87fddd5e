/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of the self-rating: its pages, and walking through the questions. */

#include <glib/gi18n.h>

#include "study/dhk-self-form.h"
#include "ui/dhk-help-window.h"
#include "ui/dhk-message.h"
#include "ui/dhk-self-rating-window-private.h"

G_DEFINE_FINAL_TYPE (DhkSelfRatingWindow, dhk_self_rating_window, ADW_TYPE_APPLICATION_WINDOW)

static DhkResponse *
get_response (DhkSelfRatingWindow *self)
{
  return self->saver != NULL ? dhk_response_saver_get_response (self->saver) : NULL;
}

/* What is saved ---------------------------------------------------------------------------- */

char *
dhk_self_rating_window_dup_folder_name (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *base = folder != NULL ? g_file_get_basename (folder) : g_strdup ("/");

  return g_filename_display_name (base);
}

static char *
dup_saved_text (DhkSelfRatingWindow *self)
{
  guint n = dhk_response_saver_get_n_saved (self->saver);
  GFile *file = dhk_response_saver_get_file (self->saver);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *folder = dhk_self_rating_window_dup_folder_name (file);

  switch (dhk_response_saver_get_state (self->saver))
    {
    case DHK_SAVER_SAVING:
      return g_strdup (_ ("Saving…"));
    case DHK_SAVER_FAILED:
      return g_strdup (_ ("Not saved"));
    case DHK_SAVER_SAVED:
    default:
      /* Translators: number of answers, file name, folder name */
      return g_strdup_printf (ngettext ("%u answer saved in “%s”, folder “%s”",
                                        "%u answers saved in “%s”, folder “%s”", n),
                              n, name, folder);
    }
}

static void
saver_changed_cb (DhkResponseSaver *saver, gpointer user_data)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (user_data);
  g_autofree char *text = NULL;

  if (saver != self->saver)
    return;
  text = dup_saved_text (self);
  gtk_label_set_text (self->saved_label, text);
  gtk_label_set_text (self->profile_saved_label, text);
  dhk_self_rating_window_go_on_leaving (self);
}

void
dhk_self_rating_window_take_saver (DhkSelfRatingWindow *self, DhkResponseSaver *saver)
{
  if (self->saver != NULL)
    g_signal_handlers_disconnect_by_func (self->saver, saver_changed_cb, self);
  g_set_object (&self->saver, saver);
  g_clear_pointer (&self->profile, dhk_self_profile_unref);
  g_clear_object (&self->begun);
  if (saver == NULL)
    return;
  g_signal_connect_object (saver, "changed", G_CALLBACK (saver_changed_cb), self, 0);
  saver_changed_cb (saver, self);
}

/* Pages -------------------------------------------------------------------------------------- */

static void
show_page (DhkSelfRatingWindow *self, const char *name)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean asks = g_str_equal (name, DHK_PAGE_ASK), shows = g_str_equal (name, DHK_PAGE_PROFILE);
  gboolean has_profile;

  gtk_stack_set_visible_child_name (self->pages, name);
  gtk_widget_action_set_enabled (widget, "rating.next", asks);
  gtk_widget_action_set_enabled (widget, "rating.skip", asks);
  gtk_widget_action_set_enabled (widget, "rating.stop", asks || shows);
  gtk_widget_set_visible (self->stop_button, asks || shows);
  has_profile = asks && self->saver != NULL && dhk_response_is_finished (get_response (self));
  gtk_widget_action_set_enabled (widget, "rating.profile", has_profile);
  gtk_widget_set_visible (self->profile_button, has_profile);
  gtk_widget_action_set_enabled (widget, "rating.protect", self->saver != NULL);
  gtk_widget_action_set_enabled (widget, "rating.print", shows);
  gtk_widget_action_set_enabled (widget, "rating.pdf", shows);
  gtk_widget_action_set_enabled (widget, "rating.hand-over", shows);
  gtk_widget_action_set_enabled (widget, "rating.compare", shows);
  gtk_widget_action_set_enabled (widget, "rating.change", shows);
}

/* Also not in pages that are hidden: the next may be another person. */
static void
forget_answers (DhkSelfRatingWindow *self)
{
  const char *none[] = { NULL };

  gtk_label_set_text (self->saved_label, "");
  gtk_label_set_text (self->profile_saved_label, "");
  gtk_label_set_text (self->progress_label, "");
  dhk_self_rating_question_show (self->question, NULL, "", none, none, -1);
  dhk_self_rating_view_set_profile (self->profile_view, NULL);
}

void
dhk_self_rating_window_show_start (DhkSelfRatingWindow *self)
{
  dhk_self_rating_window_take_saver (self, NULL);
  g_clear_pointer (&self->group, dhk_group_profile_unref);
  forget_answers (self);
  show_page (self, DHK_PAGE_START);
  gtk_widget_grab_focus (self->begin_button);
}

void
dhk_self_rating_window_show_profile (DhkSelfRatingWindow *self)
{
  gboolean was_shown
      = g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), DHK_PAGE_PROFILE) == 0;

  g_clear_pointer (&self->profile, dhk_self_profile_unref);
  self->profile = dhk_self_profile_new (self->instrument, get_response (self), self->group);
  dhk_self_rating_view_set_profile (self->profile_view, self->profile);
  show_page (self, DHK_PAGE_PROFILE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->profile_scroller), 0);
  if (!was_shown)
    gtk_widget_child_focus (GTK_WIDGET (self->profile_view), GTK_DIR_TAB_FORWARD);
}

/* Steps -------------------------------------------------------------------------------------- */

static DhkSelfStep *
get_step (DhkSelfRatingWindow *self, int step)
{
  DhkResponse *response = get_response (self);
  int form = -1;

  if (step >= 0)
    return dhk_self_form_get_step (self->instrument, response, (guint) step,
                                   dhk_language_of_messages ());
  if (response != NULL)
    form = dhk_instrument_find_questionnaire (self->instrument,
                                              dhk_response_get_questionnaire (response));
  return dhk_self_form_get_who (self->instrument, dhk_language_of_messages (), form);
}

static gboolean
is_last (DhkSelfRatingWindow *self)
{
  return self->saver != NULL
         && self->step + 1 == (int) dhk_response_get_n_answers (get_response (self));
}

static gboolean
asks_who (DhkSelfRatingWindow *self)
{
  return dhk_instrument_get_self_rating (self->instrument)->n_forms > 1;
}

static void
show_progress (DhkSelfRatingWindow *self, const DhkSelfStep *step)
{
  g_autofree char *text = NULL;

  if (step->number > 0)
    /* Translators: the number of this question, and how many there are */
    text = g_strdup_printf (_ ("%u of %u"), step->number, step->total);
  else
    text = g_strdup (_ ("First something about you"));
  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar,
                                 step->total > 0 ? (double) step->number / step->total : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
dhk_self_rating_window_show_step (DhkSelfRatingWindow *self, int step)
{
  g_autoptr (DhkSelfStep) shown = NULL;

  self->step = step;
  shown = get_step (self, step);
  g_return_if_fail (shown != NULL);
  show_page (self, DHK_PAGE_ASK);
  show_progress (self, shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rating.back",
                                 step > 0 || (step == 0 && asks_who (self)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rating.skip", step >= 0);
  gtk_button_set_label (self->next_button, is_last (self) ? _ ("_Finish") : _ ("_Next"));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->ask_scroller), 0);
  if (self->saver == NULL)
    gtk_label_set_text (self->saved_label, "");
  dhk_self_rating_question_show (self->question, shown->stem, shown->text,
                                 (const char *const *) shown->digits,
                                 (const char *const *) shown->labels, shown->chosen);
}

/* For whom the form is: only now is there something to save. */
static void
choose_form (DhkSelfRatingWindow *self, guint form)
{
  if (self->saver == NULL)
    {
      g_autoptr (DhkResponse) response = dhk_response_new (self->instrument, form);
      g_autoptr (DhkResponseSaver) saver = dhk_response_saver_new (response, self->begun, NULL);

      dhk_self_rating_window_take_saver (self, saver);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "rating.protect", TRUE);
    }
  else
    dhk_response_change_form (get_response (self), self->instrument, form);
  dhk_response_saver_save (self->saver);
}

static void
answered_cb (DhkSelfRatingQuestion *question, int choice, gpointer user_data)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (user_data);
  const DhkSelfRating *rating = dhk_instrument_get_self_rating (self->instrument);

  if (self->step == DHK_STEP_WHO)
    {
      g_return_if_fail (choice >= 0 && choice < (int) rating->n_forms);
      choose_form (self, rating->forms[choice]);
      return;
    }
  dhk_self_form_answer (self->instrument, get_response (self), (guint) self->step, choice);
  dhk_response_saver_save (self->saver);
}

static void
go_on (DhkSelfRatingWindow *self)
{
  if (!is_last (self))
    {
      dhk_self_rating_window_show_step (self, self->step + 1);
      return;
    }
  dhk_response_set_finished (get_response (self), TRUE);
  dhk_response_saver_save (self->saver);
  dhk_self_rating_window_show_profile (self);
}

static gboolean
is_answered (DhkSelfRatingWindow *self)
{
  g_autoptr (DhkSelfStep) step = get_step (self, self->step);

  return step->chosen >= 0 || step->digits[0] == NULL;
}

static void
next_cb (DhkSelfRatingQuestion *question, gpointer user_data)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (user_data);

  if (is_answered (self))
    go_on (self);
  else
    dhk_message_toast (GTK_WIDGET (self),
                       self->step == DHK_STEP_WHO ? _ ("Choose an answer first.")
                                                  : _ ("Choose an answer first, or choose “Skip”."),
                       NULL, NULL);
}

static void
back_cb (DhkSelfRatingQuestion *question, gpointer user_data)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (user_data);

  if (self->step > 0 || (self->step == 0 && asks_who (self)))
    dhk_self_rating_window_show_step (self, self->step - 1);
}

/* Everywhere on the page, so that no click is needed to be able to type. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        gpointer user_data)
{
  return dhk_self_rating_question_press (DHK_SELF_RATING_WINDOW (user_data)->question, keyval,
                                         state);
}

/* Actions ------------------------------------------------------------------------------------ */

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  next_cb (NULL, widget);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  back_cb (NULL, widget);
}

static void
skip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (widget);

  if (self->step < 0)
    return;
  if (is_answered (self))
    {
      dhk_self_form_answer (self->instrument, get_response (self), (guint) self->step, -1);
      dhk_response_saver_save (self->saver);
    }
  go_on (self);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_self_rating_window_leave (DHK_SELF_RATING_WINDOW (widget), DHK_LEAVING_STOP);
}

/* Who looks for one answer to change need not walk through all others. */
static void
profile_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_self_rating_window_show_profile (DHK_SELF_RATING_WINDOW (widget));
}

static void
change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_self_rating_window_show_step (DHK_SELF_RATING_WINDOW (widget), 0);
}

static gboolean
dhk_self_rating_window_close_request (GtkWindow *window)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (window);

  if (dhk_self_rating_window_may_close (self))
    return GTK_WINDOW_CLASS (dhk_self_rating_window_parent_class)->close_request (window);
  dhk_self_rating_window_leave (self, DHK_LEAVING_CLOSE);
  return GDK_EVENT_STOP;
}

/* Life --------------------------------------------------------------------------------------- */

static void
dhk_self_rating_window_dispose (GObject *object)
{
  DhkSelfRatingWindow *self = DHK_SELF_RATING_WINDOW (object);

  dhk_self_rating_window_take_saver (self, NULL);
  g_clear_pointer (&self->group, dhk_group_profile_unref);
  g_clear_pointer (&self->instrument, dhk_instrument_unref);

  G_OBJECT_CLASS (dhk_self_rating_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/driehoek/Driehoek/self-rating-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, introduction);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, start_clamp);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, ask_clamp);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, ask_page);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, ask_scroller);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, question);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, begin_button);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, profile_button);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, next_button);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, saved_label);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, busy);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, profile_scroller);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, profile_view);
  gtk_widget_class_bind_template_child (widget_class, DhkSelfRatingWindow, profile_saved_label);
  gtk_widget_class_bind_template_callback (widget_class, answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
help_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_help_window_show (GTK_WINDOW (widget), "self-rating", TRUE);
}

static void
dhk_self_rating_window_class_init (DhkSelfRatingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_self_rating_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = dhk_self_rating_window_close_request;
  g_type_ensure (DHK_TYPE_SELF_RATING_QUESTION);
  g_type_ensure (DHK_TYPE_SELF_RATING_VIEW);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "rating.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "rating.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "rating.skip", NULL, skip_action);
  gtk_widget_class_install_action (widget_class, "rating.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "rating.change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "rating.profile", NULL, profile_action);
  gtk_widget_class_install_action (widget_class, "rating.help", NULL, help_action);
  dhk_self_rating_window_install_file_actions (widget_class);
  dhk_self_rating_window_install_hand_over_actions (widget_class);
  dhk_self_rating_window_install_profile_actions (widget_class);
}

/* A column that stayed as wide when the letters are bigger would have the answers stand below the window's edge. */
static void
widen (AdwClamp *clamp, GParamSpec *property, GtkSettings *settings)
{
  const char *const names[] = { "maximum-size", "tightening-threshold" };
  double scale;
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  scale = MAX (dpi / (96.0 * PANGO_SCALE), 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      int size = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (clamp), names[i]));

      if (size == 0)
        g_object_get (clamp, names[i], &size, NULL);
      g_object_set_data (G_OBJECT (clamp), names[i], GINT_TO_POINTER (size));
      g_object_set (clamp, names[i], (int) (size * scale), NULL);
    }
}

static void
follow_letters (AdwClamp *clamp)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (clamp));

  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (widen), clamp,
                           G_CONNECT_SWAPPED);
  widen (clamp, NULL, settings);
}

static void
dhk_self_rating_window_init (DhkSelfRatingWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->ask_page, keys);
  follow_letters (self->start_clamp);
  follow_letters (self->ask_clamp);
}

GtkWidget *
dhk_self_rating_window_new (GtkApplication *application, DhkInstrument *instrument)
{
  const DhkLanguage language = dhk_language_of_messages ();
  const DhkSelfRating *rating;
  DhkSelfRatingWindow *self;

  g_return_val_if_fail (instrument != NULL, NULL);

  rating = dhk_instrument_get_self_rating (instrument);
  g_return_val_if_fail (rating != NULL, NULL);
  self = g_object_new (DHK_TYPE_SELF_RATING_WINDOW, "application", application, NULL);
  self->instrument = dhk_instrument_ref (instrument);
  adw_window_title_set_title (self->title, dhk_text_get (&rating->label, language));
  gtk_window_set_title (GTK_WINDOW (self), dhk_text_get (&rating->label, language));
  gtk_label_set_text (self->heading, dhk_text_get (&rating->label, language));
  gtk_label_set_text (self->introduction, dhk_text_get (&rating->introduction, language));
  dhk_self_rating_window_show_start (self);
  return GTK_WIDGET (self);
}
