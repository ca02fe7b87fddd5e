/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Forms as `driehoek paper` prints them, with the marks of whoever filled them in.
 *
 * mark-forms INSTRUMENT.xml QUESTIONNAIRE MARKS FOLDER
 *
 * MARKS has a line per mark: "FORM QUESTION cross CODE", "FORM QUESTION fill CODE" (a wrong box made
 * black) or "FORM QUESTION write TEXT"; questions count from 1. Writes form-01.pdf … and boxes.tsv
 * with the place of every box on the form: question, code, page, x, y, width, height in points.
 * The pages are the program's own; only ink is added here, where its layout says that a box is.
 */

#include <cairo-pdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "export/dhk-pages.h"
#include "export/dhk-paper.h"

#define HIGHEST_CODE 100

typedef struct
{
  guint form;
  guint question; /* from 0 */
  char *kind;
  char *text;
} Mark;

static void
free_mark (gpointer data)
{
  Mark *self = data;

  g_free (self->kind);
  g_free (self->text);
  g_free (self);
}

static GPtrArray *
read_marks (const char *path, guint *n_forms)
{
  GPtrArray *marks = g_ptr_array_new_with_free_func (free_mark);
  g_autofree char *all = NULL;
  g_auto (GStrv) lines = NULL;

  *n_forms = 0;
  if (!g_file_get_contents (path, &all, NULL, NULL))
    return marks;
  lines = g_strsplit (all, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], " ", 4);
      Mark *mark;

      if (g_strv_length (parts) != 4)
        continue;
      mark = g_new0 (Mark, 1);
      mark->form = (guint) g_ascii_strtoull (parts[0], NULL, 10);
      mark->question = (guint) g_ascii_strtoull (parts[1], NULL, 10) - 1;
      mark->kind = g_strdup (parts[2]);
      mark->text = g_strdup (parts[3]);
      g_ptr_array_add (marks, mark);
      *n_forms = MAX (*n_forms, mark->form);
    }
  return marks;
}

/* Ink ---------------------------------------------------------------------- */

/* A cross by hand: not straight, a little over the edge, another one each time. */
static void
draw_cross (cairo_t *cr, const DhkPaperBox *box, GRand *hand)
{
  double jitter[8];

  for (guint i = 0; i < G_N_ELEMENTS (jitter); i++)
    jitter[i] = g_rand_double_range (hand, -2, 2);
  cairo_set_line_width (cr, 1.3);
  cairo_move_to (cr, box->x + 1 + jitter[0], box->y + 1 + jitter[1]);
  cairo_line_to (cr, box->x + box->width - 1 + jitter[2], box->y + box->height - 1 + jitter[3]);
  cairo_move_to (cr, box->x + box->width - 1 + jitter[4], box->y + 1 + jitter[5]);
  cairo_line_to (cr, box->x + 1 + jitter[6], box->y + box->height - 1 + jitter[7]);
  cairo_stroke (cr);
}

static void
write_by_hand (cairo_t *cr, double x, double y, const char *text)
{
  cairo_select_font_face (cr, "sans", CAIRO_FONT_SLANT_ITALIC, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 15);
  cairo_move_to (cr, x, y);
  cairo_show_text (cr, text);
}

/* In the boxes of a number; else behind the last box, where there is no room for an answer. */
static void
draw_text (cairo_t *cr, const DhkPages *pages, const Mark *mark, guint page)
{
  DhkPaperBox box, last = { 0 };
  gboolean found = FALSE;

  if (dhk_paper_find_box (pages, mark->question, 0, &box)
      && !dhk_paper_find_box (pages, mark->question, 4, &last))
    {
      if (box.page == page)
        write_by_hand (cr, box.x + 4, box.y + box.height - 4, mark->text);
      return;
    }
  for (int code = 0; code <= HIGHEST_CODE; code++)
    if (dhk_paper_find_box (pages, mark->question, code, &box))
      {
        last = box;
        found = TRUE;
      }
  if (found && last.page == page)
    write_by_hand (cr, last.x + last.width + 12, last.y + last.height - 1, mark->text);
}

static void
draw_mark (cairo_t *cr, const DhkPages *pages, const Mark *mark, guint page, GRand *hand)
{
  DhkPaperBox box;

  cairo_set_source_rgb (cr, 0.05, 0.1, 0.45);
  if (strcmp (mark->kind, "write") == 0)
    {
      draw_text (cr, pages, mark, page);
      return;
    }
  if (!dhk_paper_find_box (pages, mark->question, (int) g_ascii_strtoll (mark->text, NULL, 10),
                           &box)
      || box.page != page)
    return;
  draw_cross (cr, &box, hand);
  if (strcmp (mark->kind, "fill") == 0)
    {
      cairo_rectangle (cr, box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
      cairo_fill (cr);
    }
}

static void
draw_form (const DhkPages *pages, const GPtrArray *marks, guint form, const char *path, GRand *hand)
{
  const DhkPaper *paper = dhk_pages_get_paper (pages);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, paper->width, paper->height);
  cairo_t *cr = cairo_create (surface);

  for (guint page = 0; page < dhk_pages_get_n (pages); page++)
    {
      dhk_pages_draw (pages, page, cr);
      for (guint i = 0; i < marks->len; i++)
        if (((const Mark *) g_ptr_array_index (marks, i))->form == form)
          draw_mark (cr, pages, g_ptr_array_index (marks, i), page, hand);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* Where the boxes are ---------------------------------------------------------- */

static void
append (GString *text, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "\t%s", g_ascii_formatd (digits, sizeof digits, "%.2f", value));
}

static char *
list_boxes (const DhkPages *pages, guint n_questions)
{
  GString *text = g_string_new (NULL);

  for (guint q = 0; q < n_questions; q++)
    for (int code = 0; code <= HIGHEST_CODE; code++)
      {
        DhkPaperBox box;

        if (!dhk_paper_find_box (pages, q, code, &box))
          continue;
        g_string_append_printf (text, "%u\t%d\t%u", q + 1, code, box.page);
        append (text, box.x);
        append (text, box.y);
        append (text, box.width);
        append (text, box.height);
        g_string_append_c (text, '\n');
      }
  return g_string_free (text, FALSE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GFile) file = g_file_new_for_path (argc == 5 ? argv[1] : "");
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) instrument = NULL;
  g_autoptr (GRand) hand = g_rand_new_with_seed (4);
  g_autoptr (GPtrArray) marks = NULL;
  g_autofree char *boxes = NULL;
  g_autofree char *boxes_path = NULL;
  guint n_forms;
  int questionnaire;

  if (argc != 5)
    return 2;
  instrument = dhk_instrument_new_from_file (file, NULL, &error);
  questionnaire = instrument != NULL ? dhk_instrument_find_questionnaire (instrument, argv[2]) : -1;
  if (questionnaire < 0)
    return 1;
  marks = read_marks (argv[3], &n_forms);
  for (guint form = 1; form <= n_forms; form++)
    {
      g_autoptr (DhkPages) pages
          = dhk_paper_new (instrument, (guint) questionnaire, form, form, DHK_LANGUAGE_NL);
      g_autofree char *name = g_strdup_printf ("form-%02u.pdf", form);
      g_autofree char *path = g_build_filename (argv[4], name, NULL);

      draw_form (pages, marks, form, path, hand);
      if (boxes == NULL)
        boxes = list_boxes (
            pages,
            dhk_instrument_get_questionnaire (instrument, (guint) questionnaire)->n_questions);
    }
  boxes_path = g_build_filename (argv[4], "boxes.tsv", NULL);
  return boxes != NULL && g_file_set_contents (boxes_path, boxes, -1, NULL) ? 0 : 1;
}
