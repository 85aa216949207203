/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-usage.h"

#include <glib/gstdio.h>

#define ADA "0f8fad5b-d9cb-469f-a165-70867728950e"
#define BOB "7c9e6679-7425-40de-944b-e07fc1f90ae7"

static char *
dup_path (void)
{
  g_autofree char *folder = g_dir_make_tmp ("keyfob-usage-XXXXXX", NULL);

  return g_build_filename (folder, "deep", "usage", NULL);
}

static void
changed_cb (FobUsage *usage, guint *n_changes)
{
  (*n_changes)++;
}

/* A usage that has read its file. */
static FobUsage *
load (const char *path)
{
  FobUsage *usage = fob_usage_new (path);

  while (G_OBJECT (usage)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);

  return usage;
}

static void
test_round_trip (void)
{
  g_autofree char *path = dup_path ();
  g_autoptr (FobUsage) usage = load (path);
  g_autoptr (FobUsage) again = NULL;
  g_autofree char *text = NULL;

  fob_usage_note (usage, ADA, 100);
  fob_usage_note (usage, ADA, 300);
  fob_usage_note (usage, ADA, 200);
  fob_usage_note (usage, BOB, 250);
  fob_usage_flush (usage);

  again = load (path);
  g_assert_cmpuint (fob_usage_get_count (again, ADA), ==, 3);
  g_assert_cmpint (fob_usage_get_last_time (again, ADA), ==, 300);
  g_assert_cmpuint (fob_usage_get_count (again, BOB), ==, 1);
  g_assert_cmpuint (fob_usage_get_count (again, "nobody"), ==, 0);
  g_assert_cmpint (fob_usage_get_last_time (again, "nobody"), ==, 0);
}

static void
test_notes_while_reading (void)
{
  g_autofree char *path = dup_path ();
  g_autoptr (FobUsage) first = load (path);
  g_autoptr (FobUsage) usage = NULL;
  guint n_changes = 0;

  fob_usage_note (first, ADA, 100);
  fob_usage_flush (first);

  usage = fob_usage_new (path);
  g_signal_connect (usage, "noted", G_CALLBACK (changed_cb), &n_changes);
  g_signal_connect (usage, "loaded", G_CALLBACK (changed_cb), &n_changes);
  fob_usage_note (usage, ADA, 50);
  while (n_changes < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fob_usage_get_count (usage, ADA), ==, 2);
  g_assert_cmpint (fob_usage_get_last_time (usage, ADA), ==, 100);
}

static void
test_damaged (void)
{
  static const char *const texts[] = { "", "[", "\xff\xfe",
                                       "[0f8fad5b-d9cb-469f-a165-70867728950e]\ncount=-3\nlast=x\n",
                                       "[not an id]\ncount=4\nlast=9\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), "keyfob-usage-damaged", NULL);
      g_autoptr (FobUsage) usage = NULL;
      g_autoptr (GHashTable) values = NULL;

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      usage = load (path);
      values = fob_usage_dup_values (usage, FALSE);
      g_assert_cmpuint (g_hash_table_size (values), ==, 0);
      fob_usage_note (usage, BOB, 7);
      g_assert_cmpuint (fob_usage_get_count (usage, BOB), ==, 1);
      (void) g_unlink (path);
    }
}

static void
test_clear (void)
{
  g_autofree char *path = dup_path ();
  g_autoptr (FobUsage) usage = load (path);

  fob_usage_note (usage, ADA, 100);
  fob_usage_flush (usage);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  fob_usage_clear (usage);
  g_assert_cmpuint (fob_usage_get_count (usage, ADA), ==, 0);
  for (int i = 0; i < 500 && g_file_test (path, G_FILE_TEST_EXISTS); i++)
    g_usleep (10000);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/usage/round-trip", test_round_trip);
  g_test_add_func ("/app/usage/notes-while-reading", test_notes_while_reading);
  g_test_add_func ("/app/usage/damaged", test_damaged);
  g_test_add_func ("/app/usage/clear", test_clear);

  return g_test_run ();
}
