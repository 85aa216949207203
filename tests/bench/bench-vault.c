/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Loading and changing a vault of N accounts, in the keyring and in a file, beside the way that
 * libsecret suggests, one item an account; all in one run, on the keyring of the session. Prints a
 * table in milliseconds and the ratios, and the same as JSON on the last line. */

#include "config.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>

#include <glib/gstdio.h>
#include <libsecret/secret.h>

#include "fob-file-store.h"
#include "fob-keyring-store.h"
#include "fob-last-seen.h"
#include "fob-otp-uri.h"
#include "fob-random.h"
#include "fob-wipe.h"
#include "fob-vault-session.h"

#define PASSPHRASE "correct horse battery staple"

/* gnome-keyring writes its whole file for each item: with 10,000 that would take an hour. */
#define PEER_MAX 1000

#define LOADS   5
#define COMMITS 5

/* In milliseconds; negative: not measured. */
typedef struct
{
  double import;
  double load;
  double commit;
} Times;

typedef struct
{
  guint n_accounts;
  Times keyring;
  Times file;
  Times peer;
} Row;

static const guint sizes[] = { 10, 100, 1000, 10000 };

static double
since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static FobAccount *
create_account (guint i)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autofree char *issuer = g_strdup_printf ("Service %u", i);
  g_autofree char *name = g_strdup_printf ("ada%u@example.org", i);
  g_autoptr (FobSecret) secret = NULL;
  g_autoptr (FobOtp) otp = NULL;
  guint8 bytes[20];

  fob_random_bytes (bytes, sizeof bytes);
  secret = fob_secret_new (bytes, sizeof bytes);
  params.secret = secret;
  otp = fob_otp_new (&params, NULL);

  return fob_account_new (issuer, name, otp);
}

static FobEdit *
create_import (guint n_accounts)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_edit_unref);

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (FobAccount) account = create_account (i);

      g_ptr_array_add (edits, fob_edit_new_add (account, G_MAXUINT));
    }

  return fob_edit_new_batch (edits);
}

static FobVaultSession *
open_session (FobStore *(*create) (const char *path), const char *path, FobSecret *passphrase)
{
  g_autoptr (FobStore) store = create (path);
  FobVaultSession *session = fob_vault_session_new (store);
  g_autoptr (GError) error = NULL;

  fob_vault_session_open (session, passphrase, TRUE, NULL, &error);
  g_assert_no_error (error);

  return session;
}

static void
apply (FobVaultSession *session, FobEdit *edit)
{
  g_autoptr (GError) error = NULL;

  fob_vault_session_edit (session, edit, &error);
  g_assert_no_error (error);
}

/* @passphrase: (nullable): its scrypt is in the first load only, which is not counted: it is meant
 * to be slow, whatever the size. */
static void
measure_ours (FobStore *(*create) (const char *path),
              const char *path,
              FobSecret *passphrase,
              guint n_accounts,
              Times *times)
{
  g_autoptr (FobVaultSession) session = open_session (create, path, passphrase);
  g_autoptr (FobEdit) edit = create_import (n_accounts);
  FobStore *store = fob_vault_session_get_store (session);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  apply (session, edit);
  times->import = since (start);

  times->load = times->commit = INFINITY;
  for (guint i = 0; i < LOADS; i++)
    {
      g_autoptr (FobVaultSession) fresh = fob_vault_session_new (store);

      start = g_get_monotonic_time ();
      fob_vault_session_open (fresh, NULL, TRUE, NULL, &error);
      g_assert_no_error (error);
      times->load = MIN (times->load, since (start));
      g_assert_cmpuint (fob_payload_get_n_accounts (fob_vault_session_get_payload (fresh)), ==,
                        n_accounts + i);
      {
        g_autoptr (FobAccount) account = create_account (n_accounts + i);
        g_autoptr (FobEdit) one = fob_edit_new_add (account, G_MAXUINT);

        start = g_get_monotonic_time ();
        apply (fresh, one);
        times->commit = MIN (times->commit, since (start));
      }
    }
  fob_store_clear (store, NULL, &error);
  g_assert_no_error (error);
  fob_last_seen_write (fob_store_get_place (store), &(FobLastSeen){ 0 });
}

/* The peer */

static const SecretSchema peer_schema = {
  "io.github.keyfob.Bench",
  SECRET_SCHEMA_NONE,
  { { "size", SECRET_SCHEMA_ATTRIBUTE_INTEGER }, { "number", SECRET_SCHEMA_ATTRIBUTE_INTEGER } },
};

static void
peer_store (SecretService *service, guint size, guint i)
{
  g_autoptr (FobAccount) account = create_account (i);
  g_autofree char *label = g_strdup_printf ("Service %u", i);
  g_auto (FobWipedString) uri =
    fob_otp_uri_format (fob_account_get_otp (account), fob_account_get_issuer (account),
                        fob_account_get_name (account));
  g_autoptr (SecretValue) value = secret_value_new (uri, -1, "text/plain");
  g_autoptr (GHashTable) attributes =
    secret_attributes_build (&peer_schema, "size", (int) size, "number", (int) i, NULL);
  g_autoptr (GError) error = NULL;

  secret_service_store_sync (service, &peer_schema, attributes, SECRET_COLLECTION_DEFAULT, label,
                             value, NULL, &error);
  g_assert_no_error (error);
}

static void
measure_peer (guint n_accounts, Times *times)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service =
    secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);
  g_autoptr (GHashTable) attributes =
    secret_attributes_build (&peer_schema, "size", (int) n_accounts, NULL);
  gint64 start = g_get_monotonic_time ();

  g_assert_no_error (error);
  for (guint i = 0; i < n_accounts; i++)
    peer_store (service, n_accounts, i);
  times->import = since (start);

  times->load = times->commit = INFINITY;
  for (guint i = 0; i < LOADS; i++)
    {
      GList *items;

      start = g_get_monotonic_time ();
      items = secret_service_search_sync (
        service, &peer_schema, attributes,
        SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS, NULL, &error);
      g_assert_no_error (error);
      times->load = MIN (times->load, since (start));
      g_assert_cmpuint (g_list_length (items), ==, n_accounts + i);
      g_list_free_full (items, g_object_unref);

      start = g_get_monotonic_time ();
      peer_store (service, n_accounts, n_accounts + i);
      times->commit = MIN (times->commit, since (start));
    }
}

/* The table */

static FobStore *
create_keyring (const char *path)
{
  return fob_keyring_store_new ();
}

static void
print_time (double time)
{
  if (time < 0)
    printf ("  %10s", "-");
  else
    printf ("  %10.2f", time);
}

static void
print_table (const Row *rows)
{
  static const char *const stores[] = { "keyring", "file", "one item an account" };

  printf ("%8s  %-20s  %10s  %10s  %10s\n", "accounts", "store", "import ms", "load ms",
          "commit ms");
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const Times *times[] = { &rows[i].keyring, &rows[i].file, &rows[i].peer };

      for (gsize j = 0; j < G_N_ELEMENTS (times); j++)
        {
          printf ("%8u  %-20s", rows[i].n_accounts, stores[j]);
          print_time (times[j]->import);
          print_time (times[j]->load);
          print_time (times[j]->commit);
          putchar ('\n');
        }
      if (rows[i].peer.load >= 0)
        printf (
          "%8s  the keyring takes 1/%.0f of the peer's time to import, 1/%.0f to load, 1/%.1f "
          "to commit\n",
          "", rows[i].peer.import / rows[i].keyring.import,
          rows[i].peer.load / rows[i].keyring.load, rows[i].peer.commit / rows[i].keyring.commit);
    }
}

static void
print_json (const Row *rows)
{
  printf ("[");
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const Times *times[] = { &rows[i].keyring, &rows[i].file, &rows[i].peer };
      static const char *const names[] = { "keyring", "file", "peer" };

      printf ("%s{\"accounts\":%u", i > 0 ? "," : "", rows[i].n_accounts);
      for (gsize j = 0; j < G_N_ELEMENTS (times); j++)
        {
          if (times[j]->load >= 0)
            printf (",\"%s\":{\"import\":%.3f,\"load\":%.3f,\"commit\":%.3f}", names[j],
                    times[j]->import, times[j]->load, times[j]->commit);
        }
      printf ("}");
    }
  printf ("]\n");
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("keyfob-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "vault.json", NULL);
  g_autoptr (FobSecret) passphrase = fob_secret_new (PASSPHRASE, strlen (PASSPHRASE));
  Row rows[G_N_ELEMENTS (sizes)];

  setlocale (LC_ALL, "C.UTF-8");
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      rows[i] = (Row){ .n_accounts = sizes[i], .peer = { -1, -1, -1 } };
      measure_ours (create_keyring, NULL, NULL, sizes[i], &rows[i].keyring);
      measure_ours (fob_file_store_new, path, passphrase, sizes[i], &rows[i].file);
      if (sizes[i] <= PEER_MAX)
        measure_peer (sizes[i], &rows[i].peer);
    }
  print_table (rows);
  print_json (rows);
  g_rmdir (folder);

  return 0;
}
