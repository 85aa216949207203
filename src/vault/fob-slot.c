/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-slot.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-vault-error.h"
#include "fob-wipe.h"

#define MAGIC         "keyfob"
#define HEADER        MAGIC "1 "
#define SHA256_LENGTH 64
#define UUID_LENGTH   36

void
fob_slot_clear (FobSlot *slot)
{
  g_clear_pointer (&slot->vault_id, g_free);
  g_clear_pointer (&slot->payload, g_bytes_unref);
  slot->generation = 0;
}

/* The digest covers the id and the generation too. */
static char *
fob_slot_digest (const char *vault_id, guint64 generation, const char *payload, gsize size)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *head = g_strdup_printf ("%s %" G_GUINT64_FORMAT " ", vault_id, generation);

  g_checksum_update (checksum, (const guchar *) head, (gssize) strlen (head));
  g_checksum_update (checksum, (const guchar *) payload, (gssize) size);

  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
fob_slot_fail (GError **error)
{
  g_set_error_literal (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED,
                       _ ("The accounts in the keyring are damaged. They were left as they are."));

  return FALSE;
}

/* `keyfobN ` with another number than ours. */
static gboolean
fob_slot_is_newer (const char *text, gsize size)
{
  gsize i = strlen (MAGIC);

  if (size <= i || memcmp (text, MAGIC, i) != 0 ||
      memcmp (text, HEADER, MIN (size, strlen (HEADER))) == 0)
    return FALSE;
  while (i < size && g_ascii_isdigit (text[i]))
    i++;

  return i > strlen (MAGIC) && i < size && text[i] == ' ';
}

gboolean
fob_slot_parse (const char *text, gsize size, FobSlot *slot, GError **error)
{
  const char *end = text + size;
  const char *p = text + strlen (HEADER);
  const char *space;
  g_autofree char *vault_id = NULL;
  g_autofree char *number = NULL;
  g_autofree char *digest = NULL;
  guint64 generation;

  *slot = (FobSlot){ 0 };
  if (fob_slot_is_newer (text, size))
    {
      g_set_error_literal (
        error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_VERSION,
        _ ("The accounts were stored by a newer version of Keyfob. Please update; "
           "nothing was changed."));
      return FALSE;
    }
  if (size < strlen (HEADER) + UUID_LENGTH + SHA256_LENGTH + 4 ||
      memcmp (text, HEADER, strlen (HEADER)) != 0 || p[UUID_LENGTH] != ' ')
    return fob_slot_fail (error);

  vault_id = g_strndup (p, UUID_LENGTH);
  p += UUID_LENGTH + 1;
  space = memchr (p, ' ', (gsize) (end - p));
  if (!g_uuid_string_is_valid (vault_id) || space == NULL)
    return fob_slot_fail (error);
  number = g_strndup (p, (gsize) (space - p));
  p = space + 1;
  if (!g_ascii_string_to_unsigned (number, 10, 1, G_MAXUINT64, &generation, NULL) ||
      end - p <= SHA256_LENGTH || p[SHA256_LENGTH] != ' ')
    return fob_slot_fail (error);

  digest = fob_slot_digest (vault_id, generation, p + SHA256_LENGTH + 1,
                            (gsize) (end - p) - SHA256_LENGTH - 1);
  if (memcmp (digest, p, SHA256_LENGTH) != 0)
    return fob_slot_fail (error);

  p += SHA256_LENGTH + 1;
  slot->vault_id = g_steal_pointer (&vault_id);
  slot->generation = generation;
  slot->payload = fob_wipe_bytes_new_take (g_memdup2 (p, (gsize) (end - p)), (gsize) (end - p));

  return TRUE;
}

char *
fob_slot_format (const char *vault_id, guint64 generation, GBytes *payload)
{
  gsize size;
  const char *data = g_bytes_get_data (payload, &size);
  g_autofree char *digest = fob_slot_digest (vault_id, generation, data, size);

  return g_strdup_printf (HEADER "%s %" G_GUINT64_FORMAT " %s %.*s", vault_id, generation, digest,
                          (int) size, data);
}
