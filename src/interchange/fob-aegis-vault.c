/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-aegis-vault.h"

#include <glib/gi18n-lib.h>

#include "fob-entry.h"
#include "fob-envelope.h"
#include "fob-json.h"
#include "fob-payload-draft.h"

/* The newest layout of the content that we know. */
#define CONTENT_VERSION 3

gboolean
fob_aegis_vault_probe (FobDocument *document)
{
  json_t *root = fob_document_get_json (document);
  json_t *content = json_object_get (root, "db");

  return json_is_object (json_object_get (root, "header")) &&
         (json_is_string (content) || json_is_object (content));
}

gboolean
fob_aegis_vault_is_encrypted (FobDocument *document)
{
  return json_is_string (json_object_get (fob_document_get_json (document), "db"));
}

gboolean
fob_aegis_vault_is_ours (FobDocument *document)
{
  json_t *root = fob_document_get_json (document);

  return json_is_object (json_object_get (root, "keyfob")) ||
         json_is_object (json_object_get (json_object_get (root, "db"), "keyfob"));
}

/* Errors of the room below in the terms of this one. */
static gboolean
fail (const GError *cause, GError **error)
{
  FobInterchangeError code = FOB_INTERCHANGE_ERROR_FORMAT;

  if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_PASSPHRASE))
    code = FOB_INTERCHANGE_ERROR_PASSPHRASE;
  else if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_DAMAGED))
    code = FOB_INTERCHANGE_ERROR_DAMAGED;
  else if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_VERSION))
    code = FOB_INTERCHANGE_ERROR_VERSION;
  else if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_LIMITS))
    code = FOB_INTERCHANGE_ERROR_LIMITS;
  else if (g_error_matches (cause, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_CRYPTO))
    code = FOB_INTERCHANGE_ERROR_CRYPTO;
  g_set_error_literal (error, FOB_INTERCHANGE_ERROR, (int) code, cause->message);

  return FALSE;
}

static gboolean
fail_format (GError **error)
{
  g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_FORMAT,
                       _ ("This Aegis vault is damaged: there is no list of accounts in it."));

  return FALSE;
}

static void
read_entry (json_t *entry, FobGroups *groups, FobImport *import)
{
  const char *issuer = json_string_value (json_object_get (entry, "issuer"));
  const char *name = json_string_value (json_object_get (entry, "name"));
  g_autoptr (GError) error = NULL;
  g_autoptr (FobAccount) account = fob_entry_parse (entry, groups, &error);

  /* An id is an identity in one vault: here it is another one. */
  if (account != NULL)
    fob_import_take_account (import, fob_account_copy (account));
  else
    fob_import_skip (import, issuer != NULL && *issuer != '\0' ? issuer : name, error->message);
}

/* Reads those of @ours, which Aegis has no word for, that stood before the @n_read-th entry. */
static void
read_ours (json_t *ours, gsize *next, gsize n_read, FobGroups *groups, FobImport *import)
{
  for (; *next < json_array_size (ours); (*next)++)
    {
      json_t *entry = json_array_get (ours, *next);
      json_t *position = json_object_get (entry, "position");

      /* Without one they come last. */
      if (!json_is_integer (position) || (guint64) json_integer_value (position) > n_read + *next)
        return;
      read_entry (entry, groups, import);
    }
}

static gboolean
read_content (json_t *content, FobImport *import, GCancellable *cancellable, GError **error)
{
  json_t *entries = json_object_get (content, "entries");
  json_t *version = json_object_get (content, "version");
  json_t *ours = json_object_get (json_object_get (content, "keyfob"), "entries");
  g_autoptr (FobGroups) groups = NULL;
  gsize next = 0;
  gsize i;
  json_t *entry;

  if (json_integer_value (version) > CONTENT_VERSION)
    {
      g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_VERSION,
                           _ ("This vault was written by a newer version of Aegis than is known "
                              "here. Please update Keyfob."));
      return FALSE;
    }
  if (!json_is_array (entries))
    return fail_format (error);

  groups = fob_groups_new (json_object_get (content, "groups"));
  json_array_foreach (entries, i, entry)
  {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    read_ours (ours, &next, i, groups, import);
    read_entry (entry, groups, import);
  }
  for (; next < json_array_size (ours); next++)
    read_entry (json_array_get (ours, next), groups, import);

  return TRUE;
}

gboolean
fob_aegis_vault_parse (FobDocument *document,
                       FobSecret *passphrase,
                       FobImport *import,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (FobEnvelope) envelope = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) cause = NULL;
  json_t *content;
  gboolean done;

  if (!fob_aegis_vault_is_encrypted (document))
    return read_content (json_object_get (fob_document_get_json (document), "db"), import,
                         cancellable, error);

  envelope = fob_envelope_open (fob_document_get_bytes (document), passphrase, &text, &cause);
  if (envelope == NULL)
    return fail (cause, error);
  content =
    json_loadb (g_bytes_get_data (text, NULL), g_bytes_get_size (text), JSON_ALLOW_NUL, NULL);
  done = json_is_object (content) ? read_content (content, import, cancellable, error)
                                  : fail_format (error);
  json_decref (content);

  return done;
}

GBytes *
fob_aegis_vault_format (GPtrArray *accounts)
{
  g_autoptr (FobPayload) empty = fob_payload_new ();
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (empty);
  g_autoptr (FobPayload) payload = NULL;

  for (guint i = 0; i < accounts->len; i++)
    fob_payload_draft_insert (draft, G_MAXUINT, accounts->pdata[i]);
  payload = fob_payload_draft_finish (draft);

  return fob_payload_format (payload);
}
