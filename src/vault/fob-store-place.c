/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-store-place.h"

#include "fob-file-store.h"
#include "fob-keyring-store.h"
#include "fob-last-seen.h"

#define ENVIRONMENT_VARIABLE "KEYFOB_VAULT"

/* A file that was there and has gone is missed, not forgotten. */
static gboolean
is_known (const char *path)
{
  g_autofree char *place = fob_file_store_dup_place (path);
  g_auto (FobLastSeen) seen = { 0 };

  fob_last_seen_read (place, &seen);

  return seen.vault_id != NULL;
}

static FobStore *
create_default (void)
{
  g_autofree char *path = fob_file_store_dup_default_path ();

  return g_file_test (path, G_FILE_TEST_EXISTS) || is_known (path) ? fob_file_store_new (path)
                                                                   : fob_keyring_store_new ();
}

FobStore *
fob_store_new_for_place (const char *place)
{
  if (place == NULL || *place == '\0')
    place = g_getenv (ENVIRONMENT_VARIABLE);
  if (place == NULL || *place == '\0')
    return create_default ();

  return g_str_equal (place, "keyring") ? fob_keyring_store_new () : fob_file_store_new (place);
}
