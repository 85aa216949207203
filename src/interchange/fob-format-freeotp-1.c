/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-android-map.h"
#include "fob-format-private.h"
#include "fob-freeotp-token.h"
#include "fob-json-read.h"
#include "fob-json.h"

/* What FreeOTP 1 and FreeOTP+ keep on a phone: Android's preferences, from `issuer:label` to the
 * token as JSON, and the order of the keys. */

#define ORDER_KEY "tokenOrder"

static json_t *
load_token (const char *text)
{
  json_t *token = text != NULL ? json_loads (text, 0, NULL) : NULL;

  if (!json_is_array (json_object_get (token, "secret")))
    g_clear_pointer (&token, json_decref);

  return token;
}

static gboolean
probe (FobDocument *document)
{
  g_autoptr (FobAndroidMap) map = fob_android_map_parse (fob_document_get_text (document, NULL));
  gboolean found = FALSE;

  if (map == NULL)
    return FALSE;
  fob_json_init ();
  for (guint i = 0; !found && i < fob_android_map_get_n_pairs (map); i++)
    {
      json_t *token = load_token (fob_android_map_get_value (map, i));

      found = token != NULL;
      json_decref (token);
    }

  return found;
}

/* @left: keys that were not read yet, from which @key is taken */
static void
read_token (FobAndroidMap *map, const char *key, GHashTable *left, FobImport *import)
{
  json_t *token;

  if (!g_hash_table_remove (left, key))
    return;
  token = load_token (fob_android_map_look_up (map, key));
  if (token != NULL)
    fob_freeotp_token_read (token, NULL, FOB_FREEOTP_1, import);
  else
    fob_import_skip (import, key,
                     _ ("This entry is damaged. Take the account from another backup."));
  json_decref (token);
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (FobAndroidMap) map = fob_android_map_parse (fob_document_get_text (document, NULL));
  g_autoptr (GHashTable) left = g_hash_table_new (g_str_hash, g_str_equal);
  const char *order_text;
  json_t *order;
  json_t *key;
  gsize i;

  if (map == NULL)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  fob_json_init ();
  for (i = 0; i < fob_android_map_get_n_pairs (map); i++)
    g_hash_table_add (left, (char *) fob_android_map_get_key (map, (guint) i));
  g_hash_table_remove (left, ORDER_KEY);

  order_text = fob_android_map_look_up (map, ORDER_KEY);
  order = order_text != NULL ? json_loads (order_text, 0, NULL) : NULL;
  json_array_foreach (order, i, key)
  {
    if (json_is_string (key))
      read_token (map, json_string_value (key), left, import);
  }
  json_decref (order);
  for (i = 0; i < fob_android_map_get_n_pairs (map); i++)
    read_token (map, fob_android_map_get_key (map, (guint) i), left, import);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

const FobFormat fob_format_freeotp_1 = {
  .id = "freeotp-1",
  .label = N_ ("FreeOTP 1"),
  .probe = probe,
  .parse = parse,
};
