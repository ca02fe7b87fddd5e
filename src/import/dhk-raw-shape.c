/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-raw-shape.h"

#include "import/dhk-calendar.h"

#include <string.h>

#define MAX_DIGITS 17
#define MAX_SHAPES 128

typedef enum
{
  READS_NOTHING,
  READS_NUMBER,
  READS_DATE,
} Reads;

typedef struct
{
  DhkCell cell; /* zeros for digits; the text is `text` */
  Reads reads;
  gboolean negative;
  guint n_fraction; /* digits behind the point */
  guint n_time;     /* digits behind the date */
  char text[DHK_SHAPE_SIZE];
} Shape;

/* Of a column the same day comes again and again. */
typedef struct
{
  gint64 digits;
  gint64 number;
} Day;

struct _DhkRawShapes
{
  GPtrArray *all; /* Shape */
  guint last;     /* the one that was met last */
  Day day;        /* the day that was met last */
};

DhkRawShapes *
dhk_raw_shapes_new (void)
{
  DhkRawShapes *self = g_new0 (DhkRawShapes, 1);

  self->all = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
dhk_raw_shapes_free (DhkRawShapes *self)
{
  g_ptr_array_unref (self->all);
  g_free (self);
}

static const double powers[] = { 1e0, 1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,
                                 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17 };

/* What the cell's number is when its digits are these. */
static double
read_digits (const Shape *shape, guint64 digits, Day *day)
{
  gint64 milliseconds = 0;
  gint64 seconds = 0;
  gint64 number = (gint64) digits;

  if (shape->reads == READS_NOTHING)
    return 0;
  if (shape->reads == READS_NUMBER)
    return (double) (shape->negative ? -number : number) / powers[shape->n_fraction];

  if (shape->n_time == 9)
    {
      milliseconds = number % 1000;
      number /= 1000;
    }
  if (shape->n_time > 0)
    {
      seconds = number / 10000 % 100 * 3600 + number / 100 % 100 * 60 + number % 100;
      number /= 1000000;
    }
  if (number != day->digits || number == 0)
    *day = (Day){ number,
                  dhk_calendar_count_days (number / 10000, number / 100 % 100, number % 100) };
  seconds += 86400 * day->number;
  return (double) (seconds * 1000 + milliseconds) / 1000.0;
}

/* "-0.00", "00" … */
static gboolean
is_number_shape (Shape *shape)
{
  const char *p = shape->text;

  shape->negative = *p == '-';
  p += shape->negative;
  p += strspn (p, "0");
  if (*p == '.')
    {
      shape->n_fraction = (guint) strspn (++p, "0");
      p += shape->n_fraction;
    }
  return *p == '\0';
}

static gboolean
is_date_shape (Shape *shape)
{
  static const char *const texts[]
      = { "0000-00-00", "0000-00-00 00:00:00", "0000-00-00 00:00:00.000" };
  static const guint n_time[] = { 0, 6, 9 };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (shape->text, texts[i]) == 0)
      {
        shape->n_time = n_time[i];
        return TRUE;
      }
  return FALSE;
}

static Shape *
new_shape (const DhkCell *cell, const char *text)
{
  Shape *shape = g_new0 (Shape, 1);
  gboolean ok = TRUE;

  memcpy (shape->text, text, cell->length);
  shape->cell.kind = cell->kind;
  shape->cell.length = cell->length;
  shape->cell.text = shape->text;
  if (cell->kind == DHK_CELL_NUMBER)
    {
      ok = is_number_shape (shape);
      shape->reads = READS_NUMBER;
    }
  else if (cell->kind == DHK_CELL_DATE)
    {
      ok = is_date_shape (shape);
      shape->reads = READS_DATE;
    }
  if (ok)
    return shape;
  g_free (shape);
  return NULL;
}

static gboolean
is_of_shape (const Shape *shape, const DhkCell *cell, const char *text)
{
  return shape->cell.kind == cell->kind && shape->cell.length == cell->length
         && memcmp (shape->text, text, cell->length) == 0;
}

static gboolean
find_shape (DhkRawShapes *self, const DhkCell *cell, const char *text)
{
  if (self->last < self->all->len
      && is_of_shape (g_ptr_array_index (self->all, self->last), cell, text))
    return TRUE;
  for (guint i = 0; i < self->all->len; i++)
    if (is_of_shape (g_ptr_array_index (self->all, i), cell, text))
      {
        self->last = i;
        return TRUE;
      }
  return FALSE;
}

/* Digits where the shape has zeros, and its own signs everywhere else. */
static gboolean
fits (const Shape *shape, const DhkCell *cell, guint64 *digits)
{
  guint64 number = 0;

  if (shape->cell.kind != cell->kind || shape->cell.length != cell->length)
    return FALSE;
  for (gsize i = 0; i < cell->length; i++)
    {
      guint8 digit = (guint8) (cell->text[i] - '0');

      if (shape->text[i] == '0' && digit <= 9)
        number = number * 10 + digit;
      else if (shape->text[i] == '0' || shape->text[i] != cell->text[i])
        return FALSE;
    }
  *digits = number;
  return number >> DHK_DIGIT_BITS == 0;
}

/* Finds the cell's shape, or makes it; `last` is it then. */
static gboolean
find_digits (DhkRawShapes *self, const DhkCell *cell, guint64 *digits)
{
  char text[DHK_SHAPE_SIZE];
  guint n_digits = 0;

  if (cell->length >= DHK_SHAPE_SIZE
      || (cell->kind != DHK_CELL_TEXT && cell->kind != DHK_CELL_NUMBER
          && cell->kind != DHK_CELL_DATE))
    return FALSE;
  *digits = 0;
  for (gsize i = 0; i < cell->length; i++)
    if (g_ascii_isdigit (cell->text[i]))
      {
        if (++n_digits > MAX_DIGITS)
          return FALSE;
        *digits = *digits * 10 + (guint64) (cell->text[i] - '0');
        text[i] = '0';
      }
    else
      text[i] = cell->text[i];
  if (n_digits == 0 || *digits >> DHK_DIGIT_BITS != 0)
    return FALSE;

  if (!find_shape (self, cell, text))
    {
      Shape *shape = self->all->len < MAX_SHAPES ? new_shape (cell, text) : NULL;

      if (shape == NULL)
        return FALSE;
      self->last = self->all->len;
      g_ptr_array_add (self->all, shape);
    }
  return TRUE;
}

gboolean
dhk_raw_shapes_take (DhkRawShapes *self, const DhkCell *cell, guint64 *code)
{
  guint64 digits;
  double number;

  /* A column goes on in the shape it had. */
  if (!(self->last < self->all->len
        && fits (g_ptr_array_index (self->all, self->last), cell, &digits))
      && !find_digits (self, cell, &digits))
    return FALSE;
  number = read_digits (g_ptr_array_index (self->all, self->last), digits, &self->day);
  if (memcmp (&number, &cell->number, sizeof number) != 0)
    return FALSE;
  *code = (guint64) self->last << DHK_DIGIT_BITS | digits;
  return TRUE;
}

static void
write_digits (const Shape *shape, guint64 digits, DhkCellText *text)
{
  gsize i = shape->cell.length;

  memcpy (text->text, shape->text, i + 1);
  while (i-- > 0)
    if (shape->text[i] == '0')
      {
        text->text[i] = (char) ('0' + digits % 10);
        digits /= 10;
      }
}

guint
dhk_raw_shapes_get_n (const DhkRawShapes *self)
{
  return self->all->len;
}

const DhkCell *
dhk_raw_shapes_get_zeros (const DhkRawShapes *self, guint shape)
{
  return &((const Shape *) g_ptr_array_index (self->all, shape))->cell;
}

double
dhk_raw_shapes_read (const DhkRawShapes *self, guint shape, guint64 digits)
{
  Day day = { 0 };

  return read_digits (g_ptr_array_index (self->all, shape), digits, &day);
}

gsize
dhk_raw_shapes_write (const DhkRawShapes *self, guint shape, guint64 digits, DhkCellText *text)
{
  const Shape *about = g_ptr_array_index (self->all, shape);

  write_digits (about, digits, text);
  return about->cell.length;
}

DhkCell
dhk_raw_shapes_get_cell (const DhkRawShapes *self, guint64 code, DhkCellText *text)
{
  const Shape *shape = g_ptr_array_index (self->all, (guint) (code >> DHK_DIGIT_BITS));
  guint64 digits = code & DHK_DIGIT_MASK;
  DhkCell cell = shape->cell;
  Day day = { 0 };

  write_digits (shape, digits, text);
  cell.text = text->text;
  cell.number = read_digits (shape, digits, &day);
  return cell;
}
