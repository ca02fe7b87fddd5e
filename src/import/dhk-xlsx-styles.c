/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-import-error.h"
#include "import/dhk-xlsx-workbook.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Excel itself stops at 65 490 cell formats. */
#define MAX_STYLES 65536

enum
{
  TAG_NUM_FMT,
  TAG_CELL_XFS,
  TAG_XF,
};
static const char *const names[] = { "numFmt", "cellXfs", "xf", NULL };

typedef struct
{
  GHashTable *formats; /* number of a custom format -> DhkXlsxStyle + 1 */
  GByteArray *styles;
  gboolean in_cell_xfs;
} Parse;

/* Skips what is literal in a format code; gives the end of what it skipped. */
static const char *
skip_literal (const char *code)
{
  const char *end = NULL;

  if (*code == '"')
    end = strchr (code + 1, '"');
  else if (*code == '[')
    end = strchr (code, ']');
  else if (*code == '\\' || *code == '_' || *code == '*')
    end = code[1] != '\0' ? code + 1 : code;
  else if (g_ascii_strncasecmp (code, "AM/PM", 5) == 0)
    end = code + 4;
  else if (g_ascii_strncasecmp (code, "General", 7) == 0)
    end = code + 6;
  else
    return code;

  return end != NULL ? end + 1 : code + strlen (code);
}

/* [h], [mm] and so on count time passed and are no literals. */
static gboolean
is_elapsed (const char *code)
{
  return code[0] == '[' && code[1] != '\0' && strchr ("hHmMsS", code[1]) != NULL
         && (code[2] == ']' || (code[2] == code[1] && code[3] == ']'));
}

DhkXlsxStyle
dhk_xlsx_format_classify (const char *code)
{
  gboolean day = FALSE, time = FALSE, month = FALSE;

  /* The first section is the one for positive numbers, and dates are. */
  while (*code != '\0' && *code != ';')
    {
      const char *after;

      if (is_elapsed (code))
        {
          time = TRUE;
          code = strchr (code, ']') + 1;
          continue;
        }
      after = skip_literal (code);
      if (after != code)
        {
          code = after;
          continue;
        }
      switch (g_ascii_tolower (*code))
        {
        case 'd':
        case 'y':
          day = TRUE;
          break;
        case 'h':
        case 's':
          time = TRUE;
          break;
        case 'm': /* months, or minutes beside hours or seconds */
          month = TRUE;
          break;
        case '0':
          if (!time)
            return DHK_XLSX_PLAIN;
          break;
        case '#':
        case '?':
          return DHK_XLSX_PLAIN;
        default:
          break;
        }
      code++;
    }

  if (day || (month && !time))
    return time ? DHK_XLSX_DATE_TIME : DHK_XLSX_DATE;
  return time ? DHK_XLSX_TIME : DHK_XLSX_PLAIN;
}

/* Number formats every workbook knows without saying so (ECMA-376, 18.8.30). */
static DhkXlsxStyle
classify_builtin (guint64 id)
{
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54)
      || id == 57 || id == 58)
    return DHK_XLSX_DATE;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55
      || id == 56)
    return DHK_XLSX_TIME;
  if (id == 22)
    return DHK_XLSX_DATE_TIME;
  return DHK_XLSX_PLAIN;
}

static guint64
get_id (DhkXmlStream *stream)
{
  g_autofree char *text = dhk_xml_stream_dup_attribute (stream, "numFmtId");

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
}

static void
styles_add_xf (Parse *parse, DhkXmlStream *stream)
{
  guint64 id = get_id (stream);
  guint custom = GPOINTER_TO_UINT (g_hash_table_lookup (parse->formats, GSIZE_TO_POINTER (id)));
  guint8 style = (guint8) (custom > 0 ? custom - 1 : (guint) classify_builtin (id));

  if (parse->styles->len >= MAX_STYLES)
    dhk_xml_stream_fail (
        stream, g_error_new_literal (DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE,
                                     _ ("The workbook has more cell formats than a spreadsheet "
                                        "allows. It was not opened.")));
  else
    g_byte_array_append (parse->styles, &style, 1);
}

static void
styles_start (DhkXmlStream *stream, int tag, guint depth, gpointer data)
{
  Parse *parse = data;

  if (tag == TAG_CELL_XFS)
    parse->in_cell_xfs = TRUE;
  else if (tag == TAG_XF && parse->in_cell_xfs)
    styles_add_xf (parse, stream);
  else if (tag == TAG_NUM_FMT && depth == 3)
    {
      g_autofree char *code = dhk_xml_stream_dup_attribute (stream, "formatCode");

      if (code != NULL && g_hash_table_size (parse->formats) < MAX_STYLES)
        g_hash_table_insert (parse->formats, GSIZE_TO_POINTER (get_id (stream)),
                             GUINT_TO_POINTER ((guint) dhk_xlsx_format_classify (code) + 1));
    }
}

static void
styles_end (DhkXmlStream *stream, int tag, guint depth, gpointer data)
{
  Parse *parse = data;

  if (tag == TAG_CELL_XFS)
    parse->in_cell_xfs = FALSE;
}

static const DhkXmlHandler handler = { names, styles_start, NULL, styles_end };

GByteArray *
dhk_xlsx_styles_read (DhkXlsxPackage *package, const char *part, GError **error)
{
  g_autoptr (GHashTable) formats = g_hash_table_new (NULL, NULL);
  g_autoptr (GByteArray) styles = g_byte_array_new ();
  Parse parse = { .formats = formats, .styles = styles };

  if (part != NULL && dhk_xlsx_package_has_part (package, part)
      && !dhk_xlsx_package_parse (package, part, &handler, &parse, NULL, error))
    return NULL;

  return g_steal_pointer (&styles);
}
