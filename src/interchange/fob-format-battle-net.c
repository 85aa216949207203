/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-android-map.h"
#include "fob-format-private.h"
#include "fob-import-fields.h"
#include "fob-wipe.h"

/* What the Battle.net app keeps on a phone: serial and secret, each hidden behind the same fixed
 * bytes. The secret is then 40 hexadecimal digits. */

#define SERIAL_KEY "com.blizzard.messenger.AUTHENTICATOR_SERIAL"
#define SECRET_KEY "com.blizzard.messenger.AUTHENTICATOR_DEVICE_SECRET"
#define DIGITS     8
#define ISSUER     "Battle.net"

static const guint8 mask[] = {
  0x39, 0x8e, 0x27, 0xfc, 0x50, 0x27, 0x6a, 0x65, 0x60, 0x65, 0xb0, 0xe5, 0x25, 0xf4, 0xc0,
  0x6c, 0x04, 0xc6, 0x10, 0x75, 0x28, 0x6b, 0x8e, 0x7a, 0xed, 0xa5, 0x9d, 0xa9, 0x81, 0x3b,
  0x5d, 0xd6, 0xc8, 0x0d, 0x2f, 0xb3, 0x80, 0x68, 0x77, 0x3f, 0xa5, 0x9b, 0xa4, 0x7c, 0x17,
  0xca, 0x6c, 0x64, 0x79, 0x01, 0x5c, 0x1d, 0x5b, 0x8b, 0x8f, 0x6b, 0x9a,
};

static FobAndroidMap *
open_map (FobDocument *document)
{
  g_autoptr (FobAndroidMap) map = fob_android_map_parse (fob_document_get_text (document, NULL));

  return map != NULL && fob_android_map_look_up (map, SECRET_KEY) != NULL ? g_steal_pointer (&map)
                                                                          : NULL;
}

static gboolean
probe (FobDocument *document)
{
  g_autoptr (FobAndroidMap) map = open_map (document);

  return map != NULL;
}

/* Returns: (transfer full) (nullable): what is behind the mask; wiped by the caller */
static char *
unmask (const char *hex)
{
  g_autoptr (FobSecret) bytes = hex != NULL ? fob_secret_new_from_hex (hex, -1, NULL) : NULL;
  gsize size = 0;
  const guint8 *data = bytes != NULL ? fob_secret_get_data (bytes, &size) : NULL;
  char *text;

  if (data == NULL || size > sizeof mask)
    return NULL;
  text = g_malloc0 (size + 1);
  for (gsize i = 0; i < size; i++)
    text[i] = (char) (data[i] ^ mask[i]);
  for (gsize i = 0; i < size; i++)
    {
      if (!g_ascii_isprint (text[i]))
        {
          fob_wipe_free_string (text);
          return NULL;
        }
    }

  return text;
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (FobAndroidMap) map = open_map (document);
  g_auto (FobWipedString) secret_hex = NULL;
  g_auto (FobWipedString) serial = NULL;
  g_autoptr (FobSecret) secret = NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  if (map == NULL)
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);
  secret_hex = unmask (fob_android_map_look_up (map, SECRET_KEY));
  serial = unmask (fob_android_map_look_up (map, SERIAL_KEY));
  secret = secret_hex != NULL ? fob_secret_new_from_hex (secret_hex, -1, NULL) : NULL;
  fields.issuer = ISSUER;
  fields.name = serial;
  fields.digits = DIGITS;
  fields.secret = secret;
  if (secret == NULL)
    fob_import_fields_set_problem (
      &fields, _ ("This entry is damaged. Take the account from another backup."));
  fob_import_fields_take (&fields, import);

  return TRUE;
}

const FobFormat fob_format_battle_net = {
  .id = "battle-net",
  .label = N_ ("Battle.net"),
  .probe = probe,
  .parse = parse,
};
