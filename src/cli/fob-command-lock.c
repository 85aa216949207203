/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-command.h"

#include <stdio.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "fob-cli-vault.h"
#include "fob-keyring-lock.h"
#include "fob-keyring-store.h"
#include "fob-store-place.h"

#define OBJECT_PATH         "/io/github/keyfob/Keyfob"
#define ANSWER_MILLISECONDS 5000

/* Returns: whether a window runs and was told. */
static gboolean
lock_window (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;

  if (bus != NULL)
    answer = g_dbus_connection_call_sync (
      bus, APP_ID, OBJECT_PATH, "org.gtk.Actions", "Activate",
      g_variant_new ("(s@av@a{sv})", "lock", g_variant_new_array (G_VARIANT_TYPE_VARIANT, NULL, 0),
                     g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0)),
      NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_MILLISECONDS, NULL, &error);
  if (answer == NULL)
    g_debug ("No window was locked: %s", error->message);

  return answer != NULL;
}

int
fob_command_lock_run (int argc, char **argv)
{
  g_auto (FobCliVault) vault = { 0 };
  g_autoptr (GOptionContext) context = fob_cli_context_new (
    NULL, N_ ("Locks the window of Keyfob, and the keyring if the accounts are in it."));
  g_autoptr (FobStore) store = NULL;
  g_autoptr (GError) error = NULL;

  fob_cli_vault_add_to (&vault, context);
  if (!fob_cli_parse (context, &argc, &argv))
    return FOB_EXIT_USAGE;
  if (argc > 1)
    return fob_cli_fail_usage (_ ("There is nothing more to say to this command."));

  lock_window ();
  store = fob_store_new_for_place (vault.place);
  /* A file is open to nobody but those who know its passphrase. */
  if (FOB_IS_KEYRING_STORE (store) && !fob_keyring_lock (NULL, &error))
    return fob_cli_fail (error);

  return FOB_EXIT_OK;
}
