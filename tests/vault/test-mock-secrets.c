/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* LESSONS 1, 2 and 3: a keyring service that fails in every way there is. Whatever it answers, the
 * accounts stay what they are: no failure is taken for an empty keyring, and nothing is written
 * over. Run by tests/harness/session --no-keyring. */

#include <string.h>

#include "fob-keyring-store.h"
#include "fob-last-seen.h"
#include "fob-test-vault.h"

#define SERVICE "org.freedesktop.secrets"
#define DBUS    "org.freedesktop.DBus.Error."
#define SECRET  "org.freedesktop.Secret.Error."

static const char *const methods[] = {
  "OpenSession", "SearchItems", "GetSecrets", "CreateItem",
  "ReadAlias",   "Unlock",      "GetLocked",  "GetAttributes"
};

/* A locked service is tried with the first of them only. */
#define N_WHEN_LOCKED 9

static const char *const behaviours[] = {
  DBUS "ServiceUnknown",
  DBUS "NoReply",
  SECRET "IsLocked",
  "nothing",
  "garble",
  "drop",
  "lost",
  "dismiss",
  "die",
  DBUS "NameHasNoOwner",
  DBUS "Timeout",
  DBUS "TimedOut",
  DBUS "Disconnected",
  DBUS "AccessDenied",
  DBUS "LimitsExceeded",
  DBUS "UnknownObject",
  DBUS "UnknownMethod",
  DBUS "Failed",
  SECRET "NoSession",
  SECRET "NoSuchObject",
  "org.example.Error.NobodyKnows",
};

/* The mock */

static GDBusConnection *bus;

static GVariant *
mock_call (const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer =
    g_dbus_connection_call_sync (bus, SERVICE, "/mock", "io.github.keyfob.MockSecrets", method,
                                 parameters, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                                 &error);

  g_assert_no_error (error);

  return answer;
}

static void
mock_do (const char *method, GVariant *parameters)
{
  g_autoptr (GVariant) answer = mock_call (method, parameters);
}

static void
behave (const char *method, const char *how)
{
  mock_do ("Behave", g_variant_new ("(ss)", method, how));
}

static char *
get_slot (const char *name)
{
  g_autoptr (GVariant) answer = mock_call ("Get", g_variant_new ("(s)", name));
  char *text;

  g_variant_get (answer, "(s)", &text);

  return text;
}

static gboolean
is_running (void)
{
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                 "NameHasOwner", g_variant_new ("(s)", SERVICE), NULL,
                                 G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  gboolean running = FALSE;

  if (answer != NULL)
    g_variant_get (answer, "(b)", &running);

  return running;
}

static GSubprocess *mock;

static void
stop_mock (void)
{
  if (mock != NULL)
    {
      g_subprocess_force_exit (mock);
      g_subprocess_wait (mock, NULL, NULL);
    }
  g_clear_object (&mock);
  while (is_running ())
    g_usleep (5000);
}

static void
start_mock (void)
{
  g_autofree char *program = g_build_filename (g_getenv ("FOB_TEST_HARNESS"), "mock-secrets", NULL);
  g_autoptr (GError) error = NULL;

  mock = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, NULL);
  g_assert_no_error (error);
  while (!is_running ())
    g_usleep (5000);
}

/* Good behaviour, whatever happened. */
static void
recover (void)
{
  if (!is_running ())
    {
      stop_mock ();
      start_mock ();
    }
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    behave (methods[i], "");
  mock_do ("Unlock", NULL);
}

/* The vault */

typedef struct
{
  char *a;
  char *b;
  char *vault_id;
} Base;

static FobVault *
new_vault (void)
{
  g_autoptr (FobStore) store = fob_keyring_store_new ();

  return fob_vault_new (store);
}

static FobVault *
open_vault (void)
{
  FobVault *vault = new_vault ();
  g_autoptr (GError) error = NULL;

  fob_test_open (vault, NULL, &error);
  g_assert_no_error (error);

  return vault;
}

static void
forget_seen (void)
{
  const FobLastSeen nothing = { 0 };

  fob_last_seen_write ("keyring", &nothing);
}

static void
set_up (Base *base, gconstpointer data)
{
  g_autoptr (FobVault) vault = NULL;
  g_auto (FobLastSeen) seen = { 0 };

  recover ();
  mock_do ("Put", g_variant_new ("(ss)", "a", ""));
  mock_do ("Put", g_variant_new ("(ss)", "b", ""));
  forget_seen ();
  vault = open_vault ();
  fob_test_add_issuer (vault, "One");
  fob_test_add_issuer (vault, "Two");
  base->a = get_slot ("a");
  base->b = get_slot ("b");
  fob_last_seen_read ("keyring", &seen);
  base->vault_id = g_steal_pointer (&seen.vault_id);
}

static void
tear_down (Base *base, gconstpointer data)
{
  g_free (base->a);
  g_free (base->b);
  g_free (base->vault_id);
}

static void
put_back (Base *base)
{
  recover ();
  mock_do ("Put", g_variant_new ("(ss)", "a", base->a));
  mock_do ("Put", g_variant_new ("(ss)", "b", base->b));
  forget_seen ();
}

/* Opening gives the accounts or an error. */
static void
check_open (const char *what)
{
  g_autoptr (FobVault) vault = new_vault ();
  g_autoptr (GError) error = NULL;

  if (fob_test_open (vault, NULL, &error))
    {
      if (g_list_model_get_n_items (G_LIST_MODEL (vault)) != 2)
        g_error ("%s: %u accounts", what, g_list_model_get_n_items (G_LIST_MODEL (vault)));
      return;
    }
  g_assert_cmpint (error->domain, ==, FOB_VAULT_ERROR);
  g_assert_cmpint (fob_vault_get_state (vault), !=, FOB_VAULT_STATE_READY);
}

/* An edit comes about or not, and what is said about it is true. @open: a vault that was opened
 * before. */
static void
check_edit (const char *what, FobVault *open)
{
  g_autoptr (FobAccount) account = fob_test_account ("New", "alice");
  g_autoptr (FobEdit) edit = fob_edit_new_add (account, G_MAXUINT);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobEdit) inverse = fob_test_edit (open, edit, &error);
  g_autoptr (FobVault) after = NULL;

  if (inverse == NULL)
    g_assert_cmpint (error->domain, ==, FOB_VAULT_ERROR);
  recover ();
  after = open_vault ();
  if (g_list_model_get_n_items (G_LIST_MODEL (after)) != (inverse != NULL ? 3 : 2))
    g_error ("%s: %u accounts after an edit that %s", what,
             g_list_model_get_n_items (G_LIST_MODEL (after)),
             inverse != NULL ? "succeeded" : error->message);
}

static void
check_vault_id (Base *base)
{
  g_auto (FobLastSeen) seen = { 0 };

  fob_last_seen_read ("keyring", &seen);
  g_assert_cmpstr (seen.vault_id, ==, base->vault_id);
}

static void
check_everything (Base *base, const char *lock)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    for (gsize j = 0; j < (lock != NULL ? N_WHEN_LOCKED : G_N_ELEMENTS (behaviours)); j++)
      {
        g_autofree char *what = g_strjoin (" ", methods[i], behaviours[j], lock, NULL);
        g_autoptr (FobVault) open = NULL;

        put_back (base);
        open = open_vault ();
        /* What was seen before is to save us only from a lie that cannot be told from the truth. */
        if (!g_str_equal (behaviours[j], "nothing"))
          forget_seen ();
        if (lock != NULL)
          mock_do ("Lock", g_variant_new ("(b)", g_str_equal (lock, "hidden")));
        behave (methods[i], behaviours[j]);
        check_open (what);
        if (is_running ())
          behave (methods[i], behaviours[j]);
        check_edit (what, open);
        check_vault_id (base);
      }
}

static void
test_unlocked (Base *base, gconstpointer data)
{
  check_everything (base, NULL);
}

static void
test_locked (Base *base, gconstpointer data)
{
  check_everything (base, "locked");
}

/* As KeePassXC and KWallet do. */
static void
test_hidden (Base *base, gconstpointer data)
{
  check_everything (base, "hidden");
}

/* LESSONS 2: a service that takes text only takes ours; and LESSONS 1: one line of it. */
static void
test_text_only (Base *base, gconstpointer data)
{
  static const char *const issuers[] = { "Банк", "銀行", "line\nbreak", "\"\\\t", "😀", "ü" };
  g_autoptr (FobVault) vault = open_vault ();

  behave ("CreateItem", "text");
  for (gsize i = 0; i < G_N_ELEMENTS (issuers); i++)
    {
      fob_test_add_issuer (vault, issuers[i]);
      for (const char *slot = "a\0b"; slot < "a\0b" + 3; slot += 2)
        {
          g_autofree char *text = get_slot (slot);

          for (const char *p = text; *p != '\0'; p++)
            g_assert_true (*p >= ' ' && *p <= '~');
        }
    }
  g_clear_object (&vault);
  vault = open_vault ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==,
                    2 + G_N_ELEMENTS (issuers));
}

/* A dismissed prompt is no failure and no answer: it can be asked again. */
static void
test_dismissed (Base *base, gconstpointer data)
{
  g_autoptr (FobVault) vault = new_vault ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      mock_do ("Lock", g_variant_new ("(b)", i == 1));
      behave ("Unlock", "dismiss");
      g_assert_false (fob_test_open (vault, NULL, &error));
      g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED);
      g_assert_cmpint (fob_vault_get_state (vault), ==, FOB_VAULT_STATE_LOCKED);
      g_clear_error (&error);
      behave ("Unlock", "");
      g_assert_true (fob_test_open (vault, NULL, &error));
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vault)), ==, 2);
      fob_vault_lock (vault);
    }
}

/* The new passphrase is in one slot when the service fails: it holds, the person is told of the
 * other slot, and the next change mends it. */
static void
test_half_sealed (Base *base, gconstpointer data)
{
  g_autoptr (FobStore) store = fob_keyring_store_new ();
  g_autoptr (FobStore) again = fob_keyring_store_new ();
  g_autoptr (FobSecret) passphrase = fob_secret_new ("horse", 5);
  g_auto (FobStoreContent) before = { 0 };
  g_auto (FobStoreContent) after = { 0 };
  g_autofree char *notice = NULL;
  g_autofree char *calm = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fob_store_load (store, NULL, TRUE, &before, NULL, &error));
  behave ("CreateItem", "once");
  g_assert_true (fob_store_change_passphrase (store, NULL, passphrase, NULL, &error));
  g_assert_no_error (error);
  notice = fob_store_dup_notice (store);
  g_assert_nonnull (notice);

  behave ("CreateItem", "");
  g_assert_false (fob_store_load (again, NULL, TRUE, &after, NULL, &error));
  g_assert_error (error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_true (fob_store_load (again, passphrase, TRUE, &after, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (before.payload, after.payload));

  g_assert_true (fob_store_commit (store, before.payload, after.generation, NULL, &error));
  g_assert_no_error (error);
  calm = fob_store_dup_notice (store);
  g_assert_null (calm);
  for (const char *slot = "a\0b"; slot < "a\0b" + 3; slot += 2)
    {
      g_autofree char *text = get_slot (slot);

      g_assert_nonnull (strstr (text, "sealed "));
    }
}

/* Nobody answers at all, for as long as the bus waits. FOB_TEST_SLOW=1: it takes a minute. */
static void
test_never (Base *base, gconstpointer data)
{
  if (g_getenv ("FOB_TEST_SLOW") == NULL)
    {
      g_test_skip ("Slow; FOB_TEST_SLOW=1 runs it");
      return;
    }
  for (gsize i = 1; i < 4; i++)
    {
      g_autoptr (FobVault) open = NULL;

      put_back (base);
      open = open_vault ();
      behave (methods[i], "never");
      check_open (methods[i]);
      check_edit (methods[i], open);
      check_vault_id (base);
    }
}

int
main (int argc, char *argv[])
{
  gint status;

  g_test_init (&argc, &argv, NULL);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  start_mock ();
  g_test_add ("/vault/mock-secrets/lesson-3-unlocked", Base, NULL, set_up, test_unlocked,
              tear_down);
  g_test_add ("/vault/mock-secrets/lesson-3-locked", Base, NULL, set_up, test_locked, tear_down);
  g_test_add ("/vault/mock-secrets/lesson-3-hidden", Base, NULL, set_up, test_hidden, tear_down);
  g_test_add ("/vault/mock-secrets/lesson-1-2-text-only", Base, NULL, set_up, test_text_only,
              tear_down);
  g_test_add ("/vault/mock-secrets/lesson-3-dismissed", Base, NULL, set_up, test_dismissed,
              tear_down);
  g_test_add ("/vault/mock-secrets/half-sealed", Base, NULL, set_up, test_half_sealed, tear_down);
  g_test_add ("/vault/mock-secrets/lesson-3-never", Base, NULL, set_up, test_never, tear_down);
  status = g_test_run ();
  stop_mock ();
  g_object_unref (bus);

  return status;
}
