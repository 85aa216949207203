/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* LESSONS 15 and 16: several programs change one vault at once. Each writes down what it has
 * committed and as which generation; the generations are the serial order, and what the vault holds
 * in the end has to be what that order gives. FOB_TEST_STRESS_EDITS=100 makes it 8 x 100
 * everywhere.
 */

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "fob-test-file.h"
#include "fob-test-slots.h"

#define N_WORKERS 8

typedef struct
{
  char *name;
  GHashTable *tags;
  guint64 counter;
} Expected;

typedef struct
{
  guint64 generation;
  char *what;
  char *id;
  char *value;
} Entry;

static void
expected_free (Expected *expected)
{
  g_free (expected->name);
  g_hash_table_unref (expected->tags);
  g_free (expected);
}

static void
entry_free (Entry *entry)
{
  g_free (entry->what);
  g_free (entry->id);
  g_free (entry->value);
  g_free (entry);
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *one = *(Entry *const *) a;
  const Entry *two = *(Entry *const *) b;

  return one->generation < two->generation ? -1 : one->generation > two->generation;
}

static void
read_log (GPtrArray *entries, const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], " ", 4);
      Entry *entry = g_new0 (Entry, 1);

      g_assert_cmpuint (g_strv_length (fields), ==, 4);
      entry->generation = g_ascii_strtoull (fields[0], NULL, 10);
      entry->what = g_strdup (fields[1]);
      entry->id = g_strdup (fields[2]);
      entry->value = g_strdup (fields[3]);
      g_ptr_array_add (entries, entry);
    }
}

/* Of each program. A keyring is slow: there the usual number is smaller. */
static guint
count_edits (gboolean keyring)
{
  const char *text = g_getenv ("FOB_TEST_STRESS_EDITS");

  if (text != NULL)
    return (guint) atoi (text);

#ifdef __SANITIZE_ADDRESS__
  return 15;
#else
  return keyring ? 40 : 100;
#endif
}

/* Returns: (transfer full): what all of them wrote down, in the order of generations. */
static GPtrArray *
run_workers (const char *place, const char *folder, guint n_edits)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "stress-worker", NULL);
  g_autofree char *edits = g_strdup_printf ("%u", n_edits);
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  GSubprocess *workers[N_WORKERS];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_WORKERS; i++)
    {
      g_autofree char *seed = g_strdup_printf ("%u", i + 1);
      g_autofree char *log = g_build_filename (folder, seed, NULL);

      workers[i] =
        g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, place, seed, edits, log, NULL);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < N_WORKERS; i++)
    {
      g_autofree char *seed = g_strdup_printf ("%u", i + 1);
      g_autofree char *log = g_build_filename (folder, seed, NULL);

      g_subprocess_wait_check (workers[i], NULL, &error);
      g_assert_no_error (error);
      g_object_unref (workers[i]);
      read_log (entries, log);
    }
  g_ptr_array_sort (entries, compare_entries);

  return entries;
}

/* @first: the generation before all of them. Returns: (transfer full): what ought to be there, by
 * id. */
static GHashTable *
replay (GPtrArray *entries, guint64 first)
{
  GHashTable *accounts =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) expected_free);

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);
      Expected *expected = g_hash_table_lookup (accounts, entry->id);

      /* No generation twice and none left out: nobody has written over somebody else's. */
      g_assert_cmpuint (entry->generation, ==, first + 1 + i);
      if (g_str_equal (entry->what, "add"))
        {
          g_assert_null (expected);
          expected = g_new0 (Expected, 1);
          expected->name = g_strdup (entry->value);
          expected->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
          g_hash_table_insert (accounts, g_strdup (entry->id), expected);
          continue;
        }
      g_assert_nonnull (expected);
      if (g_str_equal (entry->what, "remove"))
        g_hash_table_remove (accounts, entry->id);
      else if (g_str_equal (entry->what, "rename"))
        {
          g_free (expected->name);
          expected->name = g_strdup (entry->value);
        }
      else if (g_str_equal (entry->what, "tag"))
        g_hash_table_add (expected->tags, g_strdup (entry->value));
      else
        /* Each counter is taken once, and none is passed over. */
        g_assert_cmpuint (g_ascii_strtoull (entry->value, NULL, 10), ==, expected->counter++);
    }

  return accounts;
}

static void
assert_holds (FobVault *vault, GHashTable *accounts)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (vault));

  g_assert_cmpuint (n, ==, g_hash_table_size (accounts));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FobAccount) account = g_list_model_get_item (G_LIST_MODEL (vault), i);
      const Expected *expected = g_hash_table_lookup (accounts, fob_account_get_id (account));
      const char *const *tags = fob_account_get_tags (account);

      g_assert_nonnull (expected);
      g_assert_cmpstr (fob_account_get_name (account), ==, expected->name);
      g_assert_cmpuint (fob_otp_get_counter (fob_account_get_otp (account)), ==, expected->counter);
      g_assert_cmpuint (g_strv_length ((GStrv) tags), ==, g_hash_table_size (expected->tags));
      for (gsize j = 0; tags[j] != NULL; j++)
        g_assert_true (g_hash_table_contains (expected->tags, tags[j]));
    }
}

/* One account that all of them count on from the start. @generation: that it makes. */
static void
start (FobVault *vault, GPtrArray *entries, guint64 generation, FobAccount *account)
{
  Entry *entry = g_new0 (Entry, 1);

  fob_test_add (vault, account);
  entry->generation = generation;
  entry->what = g_strdup ("add");
  entry->id = g_strdup (fob_account_get_id (account));
  entry->value = g_strdup (fob_account_get_name (account));
  g_ptr_array_insert (entries, 0, entry);
}

static void
assert_serial (GPtrArray *entries, FobVault *after, guint n_edits)
{
  g_autoptr (GHashTable) accounts = NULL;

  accounts = replay (entries, ((Entry *) g_ptr_array_index (entries, 0))->generation - 1);
  assert_holds (after, accounts);
  g_test_message ("%u commits by %d programs, %u accounts in the end", entries->len, N_WORKERS,
                  g_hash_table_size (accounts));
  g_assert_cmpuint (entries->len, >, n_edits * N_WORKERS / 2);
}

static void
test_file (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = fob_test_file_open_vault (fixture);
  g_autoptr (FobVault) after = NULL;
  g_autoptr (GPtrArray) first = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (FobAccount) account = fob_test_counter_account ("Stress", 0);

  /* The passphrase made the first generation. */
  start (vault, first, 2, account);
  entries = run_workers (fixture->path, fixture->folder, count_edits (FALSE));
  g_ptr_array_extend_and_steal (first, g_steal_pointer (&entries));
  after = fob_test_file_open_vault (fixture);
  assert_serial (first, after, count_edits (FALSE));
}

static void
test_keyring (FobTestFile *fixture, gconstpointer data)
{
  g_autoptr (FobVault) vault = NULL;
  g_autoptr (FobVault) after = NULL;
  g_autoptr (GPtrArray) first = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (FobAccount) account = fob_test_counter_account ("Stress", 0);

  fob_test_clear_slots ();
  vault = fob_test_open_keyring ();
  start (vault, first, 1, account);
  entries = run_workers ("keyring", fixture->folder, count_edits (TRUE));
  g_ptr_array_extend_and_steal (first, g_steal_pointer (&entries));
  after = fob_test_open_keyring ();
  assert_serial (first, after, count_edits (TRUE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/vault/stress/lesson-15-16-file", FobTestFile, NULL, fob_test_file_set_up, test_file,
              fob_test_file_tear_down);
  g_test_add ("/vault/stress/lesson-15-16-keyring", FobTestFile, NULL, fob_test_file_set_up,
              test_keyring, fob_test_file_tear_down);

  return g_test_run ();
}
