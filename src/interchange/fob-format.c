/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-format-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-icon-pack.h"
#include "fob-passphrase-form.h"
#include "fob-wipe.h"

/* Asked in this order, those with a mark of their own first: the first that says yes has it. */
static const FobFormat *const formats[] = {
  &fob_format_keyfob,
  &fob_format_aegis,
  &fob_format_stratum,
  &fob_format_2fas,
  &fob_format_proton,
  &fob_format_1password,
  &fob_format_bitwarden,
  &fob_format_bitwarden_authenticator,
  &fob_format_lastpass,
  &fob_format_freeotp,
  &fob_format_freeotp_1,
  &fob_format_freeotp_plus,
  &fob_format_ente,
  &fob_format_google_migration,
  &fob_format_paper,
  &fob_format_raivo,
  &fob_format_microsoft,
  &fob_format_authenticator_plus,
  &fob_format_google_sqlite,
  &fob_format_winauth,
  &fob_format_authy,
  &fob_format_battle_net,
  &fob_format_duo,
  &fob_format_steam,
  &fob_format_totp_authenticator,
  &fob_format_keepassxc_csv,
  &fob_format_csv,
  &fob_format_uri_list,
  &fob_format_andotp,
  NULL,
};

const FobFormat *
fob_format_recognise (FobDocument *document, GError **error)
{
  for (gsize i = 0; formats[i] != NULL; i++)
    {
      if (formats[i]->probe (document))
        return formats[i];
    }

  for (gsize i = 0; formats[i] != NULL; i++)
    {
      if (formats[i]->guess != NULL && formats[i]->guess (document))
        return formats[i];
    }

  if (fob_icon_pack_probe (fob_document_get_bytes (document)))
    g_set_error_literal (
      error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_ICON_PACK,
      _ ("This is an icon pack: there are pictures in it, no accounts. Drop it on "
         "the window to add it."));
  else
    g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_UNKNOWN,
                         _ ("This is no backup or export of an authenticator that Keyfob knows."));

  return NULL;
}

GBytes *
fob_format_join_parts (GBytes *one, GBytes *other)
{
  gsize one_size;
  gsize other_size;
  const guint8 *one_data = g_bytes_get_data (one, &one_size);
  const guint8 *other_data = g_bytes_get_data (other, &other_size);
  guint8 *both = g_malloc (one_size + 1 + other_size);

  if (one_size > 0)
    memcpy (both, one_data, one_size);
  both[one_size] = '\n';
  if (other_size > 0)
    memcpy (both + one_size + 1, other_data, other_size);

  return fob_wipe_bytes_new_take (both, one_size + 1 + other_size);
}

const FobFormat *
fob_format_find (const char *id)
{
  for (gsize i = 0; formats[i] != NULL; i++)
    {
      if (g_str_equal (formats[i]->id, id))
        return formats[i];
    }

  return NULL;
}

const FobFormat *const *
fob_format_list (void)
{
  return formats;
}

static FobImport *
parse (const FobFormat *format,
       FobDocument *document,
       FobSecret *passphrase,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (FobImport) import = fob_import_new ();

  return format->parse (document, passphrase, import, cancellable, error)
           ? g_steal_pointer (&import)
           : NULL;
}

/* Other programs take the bytes as they are typed; another keyboard may have sent other bytes for
 * the same letters. */
static FobImport *
parse_in_any_form (const FobFormat *format,
                   FobDocument *document,
                   FobSecret *typed,
                   GCancellable *cancellable,
                   GError **error)
{
  static const GNormalizeMode modes[] = { G_NORMALIZE_NFC, G_NORMALIZE_NFD };
  g_autoptr (GError) cause = NULL;
  FobImport *import = parse (format, document, typed, cancellable, &cause);

  for (gsize i = 0;
       import == NULL && typed != NULL && i < G_N_ELEMENTS (modes) &&
       g_error_matches (cause, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_PASSPHRASE);
       i++)
    {
      g_autoptr (FobSecret) form = fob_passphrase_form (typed, modes[i]);

      if (form != NULL)
        import = parse (format, document, form, cancellable, NULL);
    }
  if (import == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));

  return import;
}

FobImport *
fob_format_import (GBytes *bytes,
                   const FobFormat *format,
                   FobSecret *passphrase,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (FobDocument) document = fob_document_new (bytes, error);

  if (document == NULL)
    return NULL;
  if (format == NULL)
    format = fob_format_recognise (document, error);
  if (format == NULL)
    return NULL;
  if (passphrase == NULL && format->needs_passphrase != NULL && format->needs_passphrase (document))
    {
      g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_NEEDS_PASSPHRASE,
                           _ ("This file is encrypted. Enter its passphrase."));
      return NULL;
    }

  return parse_in_any_form (format, document, passphrase, cancellable, error);
}
