/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <glib.h>

#include "fob-backup-retention.h"

#define VAULT "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
#define HOUR  (60 * 60)
#define DAY   (24 * HOUR)
#define START 1767225600 /* 2026-01-01T00:00:00Z */

static void
test_name_round_trip (void)
{
  FobBackupName name;
  FobBackupName back;
  g_autofree char *text = NULL;

  fob_backup_name_init (&name, VAULT, 1795425632, 42);
  text = fob_backup_name_format (&name);
  g_assert_cmpstr (text, ==, "keyfob-1b9d6bcd-20261123T092032Z-42.json");
  g_assert_true (fob_backup_name_parse (&back, text));
  g_assert_cmpstr (back.vault, ==, "1b9d6bcd");
  g_assert_cmpint (back.time, ==, 1795425632);
  g_assert_cmpuint (back.generation, ==, 42);
  g_assert_true (fob_backup_name_is_of (&back, VAULT));
  g_assert_false (fob_backup_name_is_of (&back, "2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"));
}

/* Whatever is not to the letter a name of ours belongs to somebody else. */
static void
test_name_foreign (void)
{
  static const char *const texts[] = {
    "",
    "keyfob",
    "notes.json",
    "keyfob-1b9d6bcd-20261123T092032Z-.json",
    "keyfob-1b9d6bcd-20261123T092032Z-42.json~",
    "keyfob-1b9d6bcd-20261123T092032Z-42.txt",
    "keyfob-1b9d6bcd-20261123T092032Z-042.json",
    "keyfob-1b9d6bcd-20261123T092032Z--1.json",
    "keyfob-1b9d6bcd-20261123T092032Z-99999999999999999999.json",
    "keyfob-1b9d6bcd-20261323T092032Z-42.json",
    "keyfob-1b9d6bcd-20261123T096032Z-42.json",
    "keyfob-1b9d6bcd-20261123 092032Z-42.json",
    "keyfob-1b9d6bcg-20261123T092032Z-42.json",
    "keyfob-1b9d6bcd-20261123T092032Z-42 (conflicted copy 2026-11-23 092032).json",
    "keyfob-1b9d6bcd-20261123T092032Z-42.sync-conflict-20261123-092032-ABCDEFG.json",
    "Keyfob-1b9d6bcd-20261123T092032Z-42.json",
    "keyfob_1b9d6bcd-20261123T092032Z-42.json",
  };
  FobBackupName name;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (fob_backup_name_parse (&name, texts[i]));
}

static FobBackupName
at (gint64 time, guint64 generation)
{
  FobBackupName name;

  fob_backup_name_init (&name, VAULT, time, generation);

  return name;
}

static gsize
count (const gboolean *keep, gsize n)
{
  gsize n_kept = 0;

  for (gsize i = 0; i < n; i++)
    n_kept += keep[i] ? 1 : 0;

  return n_kept;
}

static void
test_few (void)
{
  FobBackupName names[FOB_BACKUP_RETENTION_LAST];
  gboolean keep[FOB_BACKUP_RETENTION_LAST];

  fob_backup_retention (NULL, 0, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    names[i] = at (START + (gint64) i, i + 1);
  fob_backup_retention (names, G_N_ELEMENTS (names), keep);
  g_assert_cmpuint (count (keep, G_N_ELEMENTS (keep)), ==, G_N_ELEMENTS (names));
}

/* One copy an hour for two years, pruned after each as the program does. */
static void
test_two_years (void)
{
  FobBackupName kept[64];
  gboolean keep[64];
  gsize n = 0;
  const gsize n_hours = (gsize) 2 * 365 * 24;

  for (gsize i = 0; i < n_hours; i++)
    {
      gsize n_left = 0;

      g_assert_cmpuint (n, <, G_N_ELEMENTS (kept));
      kept[n++] = at (START + (gint64) i * HOUR, i + 1);
      fob_backup_retention (kept, n, keep);
      for (gsize j = 0; j < n; j++)
        {
          if (keep[j])
            kept[n_left++] = kept[j];
        }
      n = n_left;
    }

  /* 10 of today, 6 days before today that today's ten do not cover, 11 months before this one. */
  g_assert_cmpuint (n, ==, 10 + 6 + 11);
  for (gsize i = 0; i < 10; i++)
    g_assert_cmpuint (kept[n - 1 - i].generation, ==, n_hours - i);
  for (gsize i = 1; i < 7; i++)
    g_assert_cmpuint (kept[n - 10 - i].generation, ==, n_hours - 24 * i);
  g_assert_cmpint (kept[0].time, <, START + (gint64) 400 * DAY);
}

/* What is newest by generation stays, whatever the clock said. */
static void
test_clock_set_back (void)
{
  FobBackupName names[40];
  gboolean keep[40];

  for (gsize i = 0; i < 40; i++)
    names[i] = at (START + (gint64) (i < 30 ? i : i - 30) * 60 - (i < 30 ? 0 : 300 * DAY), i + 1);
  fob_backup_retention (names, 40, keep);
  for (gsize i = 30; i < 40; i++)
    g_assert_true (keep[i]);
  /* Of what the clock calls newer, the last ones stay too. */
  for (gsize i = 20; i < 30; i++)
    g_assert_true (keep[i]);
}

/* A vault that came back from an older copy counts on from there. */
static void
test_generations_begin_anew (void)
{
  FobBackupName names[40];
  gboolean keep[40];

  for (gsize i = 0; i < 40; i++)
    names[i] = at (START + (gint64) i * 60, i < 25 ? 1000 + i : i);
  fob_backup_retention (names, 40, keep);
  for (gsize i = 30; i < 40; i++)
    g_assert_true (keep[i]);
  for (gsize i = 15; i < 25; i++)
    g_assert_true (keep[i]);
  g_assert_false (keep[0]);
}

/* Whatever is there: the answer does not depend on the order, asking again removes no more, and the
 * newest is always kept. */
static void
test_properties (void)
{
  for (guint round = 0; round < 300; round++)
    {
      FobBackupName names[100];
      FobBackupName reversed[100];
      FobBackupName left[100];
      gboolean keep[100];
      gboolean keep_reversed[100];
      const gsize n = (gsize) g_test_rand_int_range (1, 101);
      gsize n_left = 0;
      gsize newest = 0;

      for (gsize i = 0; i < n; i++)
        {
          names[i] = at (START + (gint64) g_test_rand_int_range (0, 1000) * 3 * HOUR,
                         (guint64) g_test_rand_int_range (1, 10000) * 101 + i);
          reversed[n - 1 - i] = names[i];
          if (fob_backup_name_compare (&names[i], &names[newest]) > 0)
            newest = i;
        }
      fob_backup_retention (names, n, keep);
      g_assert_true (keep[newest]);
      g_assert_cmpuint (count (keep, n), <=, 10 + 10 + 7 + 12);
      fob_backup_retention (reversed, n, keep_reversed);
      for (gsize i = 0; i < n; i++)
        {
          if (keep[i])
            left[n_left++] = names[i];
        }
      g_assert_cmpuint (count (keep_reversed, n), ==, n_left);
      fob_backup_retention (left, n_left, keep);
      g_assert_cmpuint (count (keep, n_left), ==, n_left);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vault/backup-name/round-trip", test_name_round_trip);
  g_test_add_func ("/vault/backup-name/foreign", test_name_foreign);
  g_test_add_func ("/vault/backup-retention/few", test_few);
  g_test_add_func ("/vault/backup-retention/two-years", test_two_years);
  g_test_add_func ("/vault/backup-retention/lesson-13-clock-set-back", test_clock_set_back);
  g_test_add_func ("/vault/backup-retention/generations-begin-anew", test_generations_begin_anew);
  g_test_add_func ("/vault/backup-retention/properties", test_properties);

  return g_test_run ();
}
