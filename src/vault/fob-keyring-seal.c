/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-keyring-seal.h"

#include <string.h>

#include "fob-vault-error.h"

/* Before the payload of a vault with a passphrase of its own. No JSON begins so. */
#define SEALED "sealed "

GBytes *
fob_keyring_seal_peel (GBytes *stored)
{
  gsize size = 0;
  const char *data = stored != NULL ? g_bytes_get_data (stored, &size) : NULL;
  const gsize start = strlen (SEALED);

  if (size < start || memcmp (data, SEALED, start) != 0)
    return NULL;

  return g_bytes_new_from_bytes (stored, start, size - start);
}

GBytes *
fob_keyring_seal_format (FobEnvelope *envelope, GBytes *payload, guint64 generation, GError **error)
{
  g_autoptr (GBytes) file = NULL;
  GError *cause = NULL;
  gsize size;
  guint8 *text;

  if (envelope == NULL)
    return g_bytes_ref (payload);
  file = fob_envelope_seal (envelope, payload, generation, &cause);
  if (file == NULL)
    {
      fob_vault_error_from_envelope (cause, FALSE, error);
      return NULL;
    }

  size = strlen (SEALED) + g_bytes_get_size (file);
  text = g_malloc (size);
  memcpy (text, SEALED, strlen (SEALED));
  memcpy (text + strlen (SEALED), g_bytes_get_data (file, NULL), g_bytes_get_size (file));

  return g_bytes_new_take (text, size);
}

FobEnvelope *
fob_keyring_seal_create (FobSecret *passphrase, GBytes *payload, GError **error)
{
  g_autoptr (FobEnvelope) envelope = NULL;
  g_autoptr (FobEnvelope) opened = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) content = NULL;
  GError *cause = NULL;

  envelope = fob_envelope_new (passphrase, &cause);
  sealed = envelope != NULL ? fob_envelope_seal (envelope, payload, 1, &cause) : NULL;
  opened = sealed != NULL ? fob_envelope_open (sealed, passphrase, &content, &cause) : NULL;
  if (opened == NULL)
    {
      fob_vault_error_from_envelope (cause, FALSE, error);
      return NULL;
    }

  return g_steal_pointer (&envelope);
}
