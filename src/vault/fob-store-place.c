/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-store-place.h"

#include "fob-file-store.h"
#include "fob-keyring-store.h"

#define ENVIRONMENT_VARIABLE "KEYFOB_VAULT"

FobStore *
fob_store_new_for_place (const char *place)
{
  g_autofree char *default_path = fob_file_store_dup_default_path ();

  if (place == NULL || *place == '\0')
    place = g_getenv (ENVIRONMENT_VARIABLE);
  if (place == NULL || *place == '\0')
    place = g_file_test (default_path, G_FILE_TEST_EXISTS) ? default_path : "keyring";

  return g_str_equal (place, "keyring") ? fob_keyring_store_new () : fob_file_store_new (place);
}
