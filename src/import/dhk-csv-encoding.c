/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-csv.h"

#include <string.h>

#define PIECE (256 * 1024)
#define SNIFF 512
#define MAX_UTF8 4 /* bytes of the longest character */

static const char *const encoding_names[DHK_CSV_N_ENCODINGS]
    = { "UTF-8",        "UTF-16LE",     "UTF-16BE",  "WINDOWS-1252",
        "WINDOWS-1250", "WINDOWS-1254", "MACINTOSH", "CP850" };

static const char *const encoding_titles[DHK_CSV_N_ENCODINGS]
    = { "UTF-8",        "UTF-16",       "UTF-16",    "Windows-1252",
        "Windows-1250", "Windows-1254", "Macintosh", "DOS (CP850)" };

const char *
dhk_csv_encoding_to_title (DhkCsvEncoding encoding)
{
  return encoding_titles[encoding];
}

const char *
dhk_csv_encoding_to_name (DhkCsvEncoding encoding)
{
  return encoding_names[encoding];
}

static gsize
count_ascii (const guint8 *bytes, gsize n)
{
  gsize i = 0;

  for (; i + 8 <= n; i += 8)
    {
      guint64 eight;

      memcpy (&eight, bytes + i, 8);
      if ((eight & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
    }
  while (i < n && bytes[i] < 0x80)
    i++;

  return i;
}

/* How much of @bytes is UTF-8 (NUL bytes included: they are another
 * trouble). @cut says that only an unfinished character is left. */
static gsize
count_utf8 (const guint8 *bytes, gsize n, gboolean *cut)
{
  gsize i = 0;

  *cut = FALSE;
  while (TRUE)
    {
      gunichar c;

      i += count_ascii (bytes + i, n - i);
      if (i == n)
        return i;
      c = g_utf8_get_char_validated ((const char *) bytes + i, (gssize) (n - i));
      /* GLib says the same of a character with a zero byte in it, wherever that is; only the end
       * of a piece can cut one, and then fewer bytes are left than the longest has. */
      if (c == (gunichar) -2 && n - i < MAX_UTF8)
        *cut = TRUE;
      if (c == (gunichar) -1 || c == (gunichar) -2)
        return i;
      i += (gsize) g_unichar_to_utf8 (c, NULL);
    }
}

static void
find_mark (const guint8 *bytes, gsize n, DhkCsvEncodingFound *found)
{
  gsize n_even = 0, n_odd = 0;

  found->marked = TRUE;
  if (n >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      found->mark = 3;
      return;
    }
  found->mark = 2;
  if (n >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    found->encoding = DHK_CSV_UTF16LE;
  else if (n >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    found->encoding = DHK_CSV_UTF16BE;
  else
    {
      found->marked = FALSE;
      found->mark = 0;
      /* Without a mark: ordinary letters leave every other byte zero. */
      for (gsize i = 0; i < MIN (n, SNIFF); i++)
        if (bytes[i] == 0)
          (*(i % 2 == 0 ? &n_even : &n_odd))++;
      if (n_odd >= 8 && n_odd * 3 > MIN (n, SNIFF) && n_even == 0)
        found->encoding = DHK_CSV_UTF16LE;
      else if (n_even >= 8 && n_even * 3 > MIN (n, SNIFF) && n_odd == 0)
        found->encoding = DHK_CSV_UTF16BE;
    }
}

static gboolean
is_of_one_byte (DhkCsvEncoding encoding)
{
  return encoding >= DHK_CSV_WINDOWS1252;
}

/* A byte that the encoding leaves open is a control character, as browsers read it. */
static void
list_upper (DhkCsvText *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->upper); i++)
    {
      const char byte = (char) (0x80 + i);
      g_autofree char *text
          = g_convert (&byte, 1, "UTF-8", encoding_names[self->encoding], NULL, NULL, NULL);

      self->upper[i] = text != NULL && *text != '\0' ? g_utf8_get_char (text) : 0x80 + i;
    }
}

/* What may stand inside a word: the letters of Dutch ones, those of its neighbours, an apostrophe. */
static int
weigh_character (gunichar c)
{
  static const char usual[] = "éëïöüè";
  static const char possible[] = "àâêîôûäçñÉËÏÖÜÈ’";

  if (g_utf8_strchr (usual, -1, c) != NULL)
    return 2;
  return g_utf8_strchr (possible, -1, c) != NULL ? 1 : -1;
}

static gboolean
may_be_letter (guint8 byte)
{
  return byte >= 0x80 || g_ascii_isalpha (byte);
}

/* How well the encoding fits what stands inside words: not the quotation marks around them. */
static int
weigh (DhkCsvEncoding encoding, const guint8 *bytes, gsize n)
{
  DhkCsvText text = { .encoding = encoding };
  int score = 0;

  list_upper (&text);
  for (gsize i = 1; i + 1 < n; i++)
    if (bytes[i] >= 0x80 && may_be_letter (bytes[i - 1]) && may_be_letter (bytes[i + 1]))
      score += weigh_character (text.upper[bytes[i] - 0x80]);
  return score;
}

/* Spreadsheets of a Macintosh and old programs write what is not Windows-1252. */
static DhkCsvEncoding
guess_encoding (const guint8 *bytes, gsize n)
{
  static const DhkCsvEncoding others[] = { DHK_CSV_MACINTOSH, DHK_CSV_CP850 };
  DhkCsvEncoding best = DHK_CSV_WINDOWS1252;
  int best_score = weigh (best, bytes, n);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      int score = weigh (others[i], bytes, n);

      if (score > best_score)
        {
          best = others[i];
          best_score = score;
        }
    }
  return best;
}

/* Whether the whole file is UTF-8; what else it may be, by the first piece that is not. */
static gboolean
check_utf8 (DhkSource *source,
            gboolean *valid,
            DhkCsvEncoding *other,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE + MAX_UTF8);
  guint64 offset = 0;
  gsize carried = 0;
  gssize n;

  *valid = FALSE;
  *other = DHK_CSV_WINDOWS1252;
  while ((n = dhk_source_read_at (source, offset, piece + carried, PIECE, error)) > 0)
    {
      gsize length = carried + (gsize) n;
      gboolean cut;
      gsize good = count_utf8 (piece, length, &cut);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (good < length && !cut)
        {
          *other = guess_encoding (piece, length);
          return TRUE;
        }
      carried = length - good;
      memmove (piece, piece + good, carried);
      offset += (guint64) n;
    }
  *valid = n == 0 && carried == 0;

  return n == 0;
}

gboolean
dhk_csv_encoding_find (DhkSource *source,
                       DhkCsvEncodingFound *found,
                       GCancellable *cancellable,
                       GError **error)
{
  guint8 start[SNIFF];
  DhkCsvEncoding other;
  gboolean valid;
  gssize n;

  *found = (DhkCsvEncodingFound){ .encoding = DHK_CSV_UTF8 };
  n = dhk_source_read_at (source, 0, start, sizeof start, error);
  if (n < 0)
    return FALSE;
  find_mark (start, (gsize) n, found);
  if (found->encoding != DHK_CSV_UTF8)
    return TRUE;

  if (!check_utf8 (source, &valid, &other, cancellable, error))
    return FALSE;
  if (!valid)
    {
      found->encoding = other;
      found->marked = FALSE;
    }

  return TRUE;
}

void
dhk_csv_text_init (DhkCsvText *self, DhkSource *source, DhkCsvEncoding encoding, guint mark)
{
  *self = (DhkCsvText){ .source = source, .encoding = encoding, .offset = mark };
  if (encoding != DHK_CSV_UTF8)
    self->piece = g_malloc (PIECE + sizeof self->carry);
  if (is_of_one_byte (encoding))
    list_upper (self);
}

void
dhk_csv_text_clear (DhkCsvText *self)
{
  g_clear_pointer (&self->piece, g_free);
}

static guint8 *
put_character (guint8 *out, gunichar c)
{
  return out + g_unichar_to_utf8 (c, (char *) out);
}

static gsize
decode_bytes (const DhkCsvText *self, const guint8 *in, gsize n, guint8 *out)
{
  guint8 *start = out;

  for (gsize i = 0; i < n; i++)
    if (in[i] < 0x80)
      *out++ = in[i];
    else
      out = put_character (out, self->upper[in[i] - 0x80]);

  return (gsize) (out - start);
}

static gunichar
utf16_unit (const DhkCsvText *self, const guint8 *in)
{
  return self->encoding == DHK_CSV_UTF16LE ? (gunichar) (in[0] | in[1] << 8)
                                           : (gunichar) (in[1] | in[0] << 8);
}

/* Decodes what is whole and carries the rest; at the end of the file the
 * rest is broken. */
static gsize
decode_utf16 (DhkCsvText *self, const guint8 *in, gsize n, gboolean at_end, guint8 *out)
{
  guint8 *start = out;
  gsize i = 0;

  while (n - i >= 2)
    {
      gunichar c = utf16_unit (self, in + i);

      if (c >= 0xD800 && c < 0xDC00)
        {
          gunichar low;

          if (n - i < 4 && !at_end)
            break;
          low = n - i >= 4 ? utf16_unit (self, in + i + 2) : 0;
          if (low >= 0xDC00 && low < 0xE000)
            {
              c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
              i += 2;
            }
        }
      if (c >= 0xD800 && c < 0xE000)
        {
          c = 0xFFFD;
          self->broken = TRUE;
        }
      out = put_character (out, c);
      i += 2;
    }

  if (i < n && at_end)
    {
      self->broken = TRUE;
      i = n;
    }
  self->n_carry = (guint) (n - i);
  memcpy (self->carry, in + i, self->n_carry);

  return (gsize) (out - start);
}

gssize
dhk_csv_text_append (DhkCsvText *self, GByteArray *out, GError **error)
{
  guint before = out->len;
  gsize n_carry = self->n_carry;
  gsize written;
  gssize n;

  if (self->encoding == DHK_CSV_UTF8)
    {
      g_byte_array_set_size (out, before + PIECE);
      n = dhk_source_read_at (self->source, self->offset, out->data + before, PIECE, error);
      g_byte_array_set_size (out, before + (guint) MAX (n, 0));
      self->offset += (guint64) MAX (n, 0);
      return n;
    }

  /* The carry never holds what a further piece could not finish, so an
   * empty piece is the end. */
  memcpy (self->piece, self->carry, n_carry);
  n = dhk_source_read_at (self->source, self->offset, self->piece + n_carry, PIECE, error);
  if (n < 0)
    return -1;
  self->offset += (guint64) n;

  g_byte_array_set_size (out, before + 3 * (PIECE + sizeof self->carry));
  if (is_of_one_byte (self->encoding))
    written = decode_bytes (self, self->piece, (gsize) n, out->data + before);
  else
    written = decode_utf16 (self, self->piece, n_carry + (gsize) n,
                            self->offset >= dhk_source_get_size (self->source), out->data + before);
  g_byte_array_set_size (out, before + (guint) written);

  return (gssize) written;
}
