/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-test-slots.h"

#include <libsecret/secret.h>

#include "fob-keyring-store.h"
#include "fob-last-seen.h"

static const SecretSchema schema = {
  "io.github.keyfob.Keyfob.Vault",
  SECRET_SCHEMA_NONE,
  { { "slot", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

FobVault *
fob_test_open_keyring (void)
{
  g_autoptr (FobStore) store = fob_keyring_store_new ();
  FobVault *vault = fob_vault_new (store);
  g_autoptr (GError) error = NULL;

  fob_test_open (vault, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_READY);

  return vault;
}

/* By a search: each lookup of libsecret 0.20 leaks its answer. */
char *
fob_test_read_slot (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) attributes = secret_attributes_build (&schema, "slot", name, NULL);
  g_autoptr (SecretValue) value = NULL;
  GList *items = secret_service_search_sync (NULL, &schema, attributes, SECRET_SEARCH_LOAD_SECRETS,
                                             NULL, &error);

  g_assert_no_error (error);
  if (items != NULL)
    value = secret_item_get_secret (items->data);
  g_list_free_full (items, g_object_unref);

  return value != NULL ? g_strdup (secret_value_get_text (value)) : NULL;
}

void
fob_test_write_slot (const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;

  secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, "test", text, NULL, &error,
                              "slot", name, NULL);
  g_assert_no_error (error);
}

/* Takes the items away, as if somebody had done so with the keyring's own program. */
void
fob_test_lose_slots (void)
{
  g_autoptr (GError) error = NULL;

  secret_password_clear_sync (&schema, NULL, &error, NULL);
  g_assert_no_error (error);
  g_assert_null (fob_test_read_slot ("a"));
  g_assert_null (fob_test_read_slot ("b"));
}

/* As on the first day. */
void
fob_test_clear_slots (void)
{
  const FobLastSeen nothing = { 0 };

  fob_test_lose_slots ();
  fob_last_seen_write ("keyring", &nothing);
}
