/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-csv.h"
#include "fob-export-lost.h"
#include "fob-export-text.h"
#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-otp-uri.h"
#include "fob-wipe.h"

/* Tables of password managers, of which only rows with a token are looked at: what is in them
 * besides is nobody's business here. KeePassXC's is one of its own, because it can be written. */

static const char *const token_names[] = { "login_totp", "totp",      "otpauth",    "otp auth",
                                           "otpurl",     "otpsecret", "otp secret", NULL };
static const char *const title_names[] = { "title", "name", "account", NULL };
static const char *const user_names[] = { "username", "login_username", "user name",
                                          "login",    "email",          NULL };
static const char *const group_names[] = { "group", "folder", "grouping", "collections", NULL };
static const char *const tags_names[] = { "tags", NULL };
static const char *const pinned_names[] = { "favorite", "fav", NULL };
static const char *const archived_names[] = { "archived", NULL };
static const char *const note_names[] = { "notes", NULL };
static const char *const keepassxc_names[] = { "last modified", NULL };

/* What KeePassXC calls the folder of what was deleted. */
#define RECYCLE_BIN "/Recycle Bin"
/* What it calls the group that holds all others. */
#define ROOT "Root"

typedef struct
{
  FobCsv *csv;
  gboolean keepassxc;
  int token;
  int title;
  int user;
  int group;
  int tags;
  int pinned;
  int archived;
  int note;
} Table;

/* Returns: whether there is such a table in @document. */
static gboolean
table_open (Table *self, FobDocument *document)
{
  const char *text = fob_document_get_text (document, NULL);

  memset (self, 0, sizeof *self);
  self->csv = text != NULL && text[0] != '{' && text[0] != '[' ? fob_csv_parse (text) : NULL;
  if (self->csv == NULL)
    return FALSE;
  self->token = fob_csv_find (self->csv, token_names);
  self->title = fob_csv_find (self->csv, title_names);
  self->user = fob_csv_find (self->csv, user_names);
  self->group = fob_csv_find (self->csv, group_names);
  self->tags = fob_csv_find (self->csv, tags_names);
  self->pinned = fob_csv_find (self->csv, pinned_names);
  self->archived = fob_csv_find (self->csv, archived_names);
  self->note = fob_csv_find (self->csv, note_names);
  self->keepassxc = self->token >= 0 && self->title >= 0 && self->group >= 0 &&
                    fob_csv_find (self->csv, keepassxc_names) >= 0;

  return self->token >= 0;
}

static void
table_clear (Table *self)
{
  g_clear_pointer (&self->csv, fob_csv_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static gboolean
probe (FobDocument *document)
{
  g_auto (Table) table;

  return table_open (&table, document) && !table.keepassxc;
}

static gboolean
probe_keepassxc (FobDocument *document)
{
  g_auto (Table) table;

  return table_open (&table, document) && table.keepassxc;
}

/* Some versions write more cells than their header names: then it is the last that can be one. */
static const char *
find_token (const Table *table, guint row)
{
  const guint n_cells = fob_csv_get_n_cells (table->csv, row);

  if (n_cells > fob_csv_get_n_columns (table->csv))
    {
      for (guint i = n_cells; i > 0; i--)
        {
          const char *cell = fob_csv_get (table->csv, row, (int) i - 1);

          if (fob_otp_uri_probe (cell, -1))
            return cell;
        }
    }

  return fob_csv_get (table->csv, row, table->token);
}

static gboolean
is_set (const Table *table, guint row, int column)
{
  const char *cell = fob_csv_get (table->csv, row, column);

  return g_str_equal (cell, "1") || g_ascii_strcasecmp (cell, "true") == 0 ||
         g_ascii_strcasecmp (cell, "yes") == 0;
}

/* A group of KeePassXC's is a path from the root, which has a name but is no group to a person. */
static char *
dup_group (const Table *table, guint row)
{
  const char *group = fob_csv_get (table->csv, row, table->group);
  const char *slash = strchr (group, '/');

  if (!table->keepassxc)
    return g_strdup (group);

  return g_strdup (slash != NULL ? slash + 1 : "");
}

static void
read_row (const Table *table, guint row, FobImport *import)
{
  const char *token = find_token (table, row);
  g_autofree char *group = dup_group (table, row);
  g_auto (GStrv) tags = g_strsplit_set (fob_csv_get (table->csv, row, table->tags), ",;", -1);
  g_autoptr (GPtrArray) all_tags = g_ptr_array_new ();
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  if (*token == '\0')
    return;
  fob_import_fields_set_token (&fields, token);
  fields.own_names = table->keepassxc;
  fields.whole_name = table->keepassxc;
  fields.issuer = fob_csv_get (table->csv, row, table->title);
  fields.name = fob_csv_get (table->csv, row, table->user);
  if (strstr (fob_csv_get (table->csv, row, table->group), RECYCLE_BIN) != NULL ||
      is_set (table, row, table->archived))
    fob_import_fields_set_problem (&fields,
                                   _ ("This account was deleted or archived where it comes from."));
  g_ptr_array_add (all_tags, group);
  for (gsize i = 0; tags[i] != NULL; i++)
    g_ptr_array_add (all_tags, tags[i]);
  fields.tags = all_tags;
  fields.pinned = is_set (table, row, table->pinned);
  /* Elsewhere the note belongs to the password rather than to the token. */
  if (table->keepassxc)
    fields.note = fob_csv_get (table->csv, row, table->note);
  fob_import_fields_take (&fields, import);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  g_auto (Table) table;

  if (!table_open (&table, document))
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  for (guint i = 0; i < fob_csv_get_n_rows (table.csv); i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      read_row (&table, i, import);
    }

  return TRUE;
}

/* The name of the recycle bin would bring the account nowhere. Returns: (nullable) */
static const char *
find_group (FobAccount *account)
{
  const char *tag = fob_account_get_tags (account)[0];

  if (tag == NULL || g_str_has_prefix (tag, RECYCLE_BIN + 1) || strstr (tag, RECYCLE_BIN) != NULL)
    return NULL;

  return tag;
}

static gboolean
lost_keepassxc (FobAccount *account, GPtrArray *reasons)
{
  const guint kinds = FOB_EXPORT_KIND (FOB_OTP_KIND_TOTP) | FOB_EXPORT_KIND (FOB_OTP_KIND_STEAM);
  const FobExportParts parts = FOB_EXPORT_NOTE | FOB_EXPORT_NO_ISSUER;

  if (!fob_export_has_kind (account, kinds, reasons))
    return FALSE;
  fob_export_lost_parts (
    account, parts | (find_group (account) != NULL ? FOB_EXPORT_ONE_TAG : FOB_EXPORT_NONE),
    reasons);

  return TRUE;
}

/* Steam is a TOTP with an encoder there. Returns: (transfer full): free with fob_wipe_free_string
 * () */
static char *
dup_token (FobAccount *account)
{
  FobOtp *otp = fob_account_get_otp (account);
  g_auto (FobWipedString) secret = NULL;

  if (fob_otp_get_kind (otp) == FOB_OTP_KIND_TOTP)
    return fob_otp_uri_format (otp, fob_account_get_issuer (account),
                               fob_account_get_name (account));
  secret = fob_secret_dup_base32 (fob_otp_get_secret (otp));

  return g_strconcat ("otpauth://totp/Steam?secret=", secret,
                      "&issuer=Steam&digits=5&period=30&encoder=steam", NULL);
}

/* Where it is not known: now, since something has to stand there. */
static char *
format_time (gint64 modified)
{
  g_autoptr (GDateTime) time =
    modified > 0 ? g_date_time_new_from_unix_utc (modified) : g_date_time_new_now_utc ();

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
}

static char *
write_row (FobAccount *account)
{
  const char *group = find_group (account);
  g_autofree char *path = group != NULL ? g_strconcat (ROOT "/", group, NULL) : g_strdup (ROOT);
  g_autofree char *time = format_time (fob_account_get_modified (account));
  g_auto (FobWipedString) token = dup_token (account);
  const char *const cells[] = {
    path,
    fob_account_get_issuer (account),
    fob_account_get_name (account),
    "",
    "",
    fob_account_get_note (account),
    token,
    "0",
    time,
    time,
    NULL,
  };

  return fob_csv_format_row (cells);
}

static GBytes *
serialise (GPtrArray *accounts, FobSecret *passphrase, GError **error)
{
  static const char *const header[] = { "Group",         "Title",   "Username", "Password",
                                        "URL",           "Notes",   "TOTP",     "Icon",
                                        "Last Modified", "Created", NULL };
  g_autoptr (GPtrArray) lines = fob_export_new_lines ();

  g_ptr_array_add (lines, fob_csv_format_row (header));
  for (guint i = 0; i < accounts->len; i++)
    g_ptr_array_add (lines, write_row (accounts->pdata[i]));

  return fob_export_join_lines (lines, "\n");
}

const FobFormat fob_format_keepassxc_csv = {
  .id = "keepassxc-csv",
  .label = N_ ("KeePassXC (CSV)"),
  .suffix = ".csv",
  .text = TRUE,
  .probe = probe_keepassxc,
  .parse = parse,
  .lost = lost_keepassxc,
  .serialise = serialise,
};

const FobFormat fob_format_csv = {
  .id = "csv",
  .label = N_ ("Password manager (CSV)"),
  .probe = probe,
  .parse = parse,
};
