/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-xlsx-workbook.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>

#define MAX_SHEETS 4096

enum
{
  TAG_RELATIONSHIP,
};
static const char *const relationship_names[] = { "Relationship", NULL };

enum
{
  TAG_WORKBOOK,
  TAG_WORKBOOK_PR,
  TAG_SHEET,
};
static const char *const workbook_names[] = { "workbook", "workbookPr", "sheet", NULL };

typedef struct
{
  char *type; /* last step of the type's address */
  char *target;
  gboolean external;
} Relationship;

typedef struct
{
  DhkXlsxWorkbook *workbook;
  GHashTable *relationships; /* id -> Relationship */
  const char *part;
  gboolean is_workbook;
} Parse;

static void
relationship_free (Relationship *self)
{
  g_free (self->type);
  g_free (self->target);
  g_free (self);
}

static void
sheet_free (DhkXlsxSheet *self)
{
  g_free (self->name);
  g_free (self->part);
  g_free (self);
}

static void
relationship_start (DhkXmlStream *stream, int tag, guint depth, gpointer data)
{
  Parse *parse = data;
  g_autofree char *id = NULL;
  g_autofree char *type = NULL;
  g_autofree char *mode = NULL;
  Relationship *relationship;
  const char *step;

  if (tag != TAG_RELATIONSHIP)
    return;
  id = dhk_xml_stream_dup_attribute (stream, "Id");
  type = dhk_xml_stream_dup_attribute (stream, "Type");
  mode = dhk_xml_stream_dup_attribute (stream, "TargetMode");
  if (id == NULL || type == NULL)
    return;

  step = strrchr (type, '/');
  relationship = g_new0 (Relationship, 1);
  relationship->type = g_strdup (step != NULL ? step + 1 : type);
  relationship->target = dhk_xml_stream_dup_attribute (stream, "Target");
  relationship->external = g_strcmp0 (mode, "External") == 0;
  g_hash_table_insert (parse->relationships, g_steal_pointer (&id), relationship);
}

static void
ignore_end (DhkXmlStream *stream, int tag, guint depth, gpointer data)
{
}

static const DhkXmlHandler relationship_handler
    = { relationship_names, relationship_start, NULL, ignore_end };

static GHashTable *
read_relationships (DhkXlsxPackage *package, const char *part, GError **error)
{
  g_autoptr (GHashTable) relationships
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) relationship_free);
  Parse parse = { .relationships = relationships };

  if (!dhk_xlsx_package_parse (package, part, &relationship_handler, &parse, NULL, error))
    return NULL;

  return g_steal_pointer (&relationships);
}

/* The part that a relationship leads to, inside this package only. */
static char *
relationship_dup_part (const Relationship *relationship, const char *base, GError **error)
{
  char *part = NULL;

  if (!relationship->external && relationship->target != NULL)
    part = dhk_xlsx_package_dup_target (base, relationship->target);
  if (part == NULL)
    g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_HOSTILE,
                         _ ("The workbook points to something outside itself in place of a sheet. "
                            "It was not opened. "
                            "Save it anew in a spreadsheet program and import that file."));
  return part;
}

static const Relationship *
find_type (GHashTable *relationships, const char *type)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, relationships);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_str_equal (((Relationship *) value)->type, type))
      return value;

  return NULL;
}

static void
workbook_add_sheet (Parse *parse, DhkXmlStream *stream)
{
  g_autofree char *id = dhk_xml_stream_dup_attribute (stream, "id");
  g_autofree char *state = dhk_xml_stream_dup_attribute (stream, "state");
  const Relationship *relationship
      = id != NULL ? g_hash_table_lookup (parse->relationships, id) : NULL;
  DhkXlsxSheet *sheet;
  GError *error = NULL;
  char *part;

  if (relationship == NULL)
    {
      dhk_xml_stream_fail (
          stream, g_error_new_literal (
                      DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED,
                      _ ("The workbook lists a sheet without saying where it is. Nothing was "
                         "taken over. Download or save the file again.")));
      return;
    }
  /* Charts and dialogs on a sheet of their own have no cells. */
  if (!g_str_equal (relationship->type, "worksheet"))
    return;

  part = relationship_dup_part (relationship, parse->part, &error);
  if (part == NULL)
    {
      dhk_xml_stream_fail (stream, error);
      return;
    }
  if (parse->workbook->sheets->len >= MAX_SHEETS)
    {
      g_free (part);
      dhk_xml_stream_fail (
          stream,
          g_error_new_literal (DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE,
                               _ ("The workbook has more than 4096 sheets. Copy the sheet with "
                                  "the answers to a workbook of its own and import that.")));
      return;
    }

  sheet = g_new0 (DhkXlsxSheet, 1);
  sheet->name = dhk_xml_stream_dup_attribute (stream, "name");
  if (sheet->name == NULL)
    sheet->name = g_strdup ("");
  sheet->part = part;
  sheet->visible = state == NULL || g_str_equal (state, "visible");
  g_ptr_array_add (parse->workbook->sheets, sheet);
}

static void
workbook_start (DhkXmlStream *stream, int tag, guint depth, gpointer data)
{
  Parse *parse = data;

  if (depth == 1)
    parse->is_workbook = tag == TAG_WORKBOOK;
  else if (depth == 2 && tag == TAG_WORKBOOK_PR)
    {
      g_autofree char *date1904 = dhk_xml_stream_dup_attribute (stream, "date1904");

      parse->workbook->date1904
          = g_strcmp0 (date1904, "1") == 0 || g_strcmp0 (date1904, "true") == 0;
    }
  else if (depth == 3 && tag == TAG_SHEET)
    workbook_add_sheet (parse, stream);
}

static const DhkXmlHandler workbook_handler = { workbook_names, workbook_start, NULL, ignore_end };

/* Says what a zip without a workbook is, as far as its parts tell. */
static void
set_no_workbook (DhkXlsxPackage *package, GError **error)
{
  if (dhk_xlsx_package_has_part (package, "content.xml")
      || dhk_xlsx_package_has_part (package, "xl/workbook.bin")
      || dhk_xlsx_package_has_part (package, "Index/Document.iwa"))
    g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_READABLE,
                         _ ("This is a spreadsheet in another format. Open it in the program that "
                            "made it, save it as "
                            "an Excel workbook (.xlsx) or as CSV, and import that file."));
  else
    g_set_error_literal (
        error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE,
        _ ("The file is a packed archive but no Excel workbook. Choose the workbook itself."));
}

static char *
find_workbook_part (DhkXlsxPackage *package, GError **error)
{
  const char *usual = "xl/workbook.xml";
  g_autoptr (GHashTable) relationships = NULL;
  const Relationship *relationship = NULL;

  if (dhk_xlsx_package_has_part (package, "_rels/.rels"))
    {
      relationships = read_relationships (package, "_rels/.rels", error);
      if (relationships == NULL)
        return NULL;
      relationship = find_type (relationships, "officeDocument");
    }

  if (relationship != NULL && relationship->target != NULL)
    {
      g_autofree char *part = relationship_dup_part (relationship, "", error);

      if (part == NULL)
        return NULL;
      if (dhk_xlsx_package_has_part (package, part) && g_str_has_suffix (part, ".xml"))
        return g_steal_pointer (&part);
    }
  else if (dhk_xlsx_package_has_part (package, usual))
    return g_strdup (usual);

  set_no_workbook (package, error);
  return NULL;
}

static char *
dup_relationships_part (const char *part)
{
  const char *slash = strrchr (part, '/');

  if (slash == NULL)
    return g_strdup_printf ("_rels/%s.rels", part);
  return g_strdup_printf ("%.*s/_rels/%s.rels", (int) (slash - part), part, slash + 1);
}

static gboolean
find_helper_part (
    GHashTable *relationships, const char *type, const char *base, char **part, GError **error)
{
  const Relationship *relationship = find_type (relationships, type);

  if (relationship == NULL)
    return TRUE;
  *part = relationship_dup_part (relationship, base, error);
  return *part != NULL;
}

DhkXlsxWorkbook *
dhk_xlsx_workbook_open (DhkSource *source, GError **error)
{
  g_autoptr (DhkXlsxWorkbook) self = g_new0 (DhkXlsxWorkbook, 1);
  g_autoptr (GHashTable) relationships = NULL;
  g_autofree char *part = NULL;
  g_autofree char *relationships_part = NULL;
  Parse parse = { .workbook = self };

  self->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) sheet_free);
  self->package = dhk_xlsx_package_open (source, error);
  if (self->package == NULL)
    return NULL;
  part = find_workbook_part (self->package, error);
  if (part == NULL)
    return NULL;
  relationships_part = dup_relationships_part (part);
  relationships = read_relationships (self->package, relationships_part, error);
  if (relationships == NULL
      || !find_helper_part (relationships, "sharedStrings", part, &self->strings_part, error)
      || !find_helper_part (relationships, "styles", part, &self->styles_part, error))
    return NULL;

  parse.relationships = relationships;
  parse.part = part;
  if (!dhk_xlsx_package_parse (self->package, part, &workbook_handler, &parse, NULL, error))
    return NULL;
  if (!parse.is_workbook || self->sheets->len == 0)
    {
      g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE,
                           _ ("The workbook has no sheet with cells."));
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
dhk_xlsx_workbook_free (DhkXlsxWorkbook *self)
{
  g_clear_pointer (&self->package, dhk_xlsx_package_free);
  g_clear_pointer (&self->strings, dhk_xlsx_strings_free);
  g_clear_pointer (&self->styles, g_byte_array_unref);
  g_ptr_array_unref (self->sheets);
  g_free (self->strings_part);
  g_free (self->styles_part);
  g_free (self);
}
