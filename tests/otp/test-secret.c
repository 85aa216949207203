/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define _GNU_SOURCE /* memmem () */

#include <string.h>

#include "fob-secret-private.h"
#include "fob-wipe.h"

#define N_THREADS 8

static void
test_copies (void)
{
  char bytes[] = "12345678901234567890";
  g_autoptr (FobSecret) secret = fob_secret_new (bytes, 20);
  gconstpointer data = NULL;
  gsize size = 0;

  memset (bytes, 0, sizeof bytes);
  data = fob_secret_get_data (secret, &size);
  g_assert_cmpmem (data, size, "12345678901234567890", 20);
  g_assert_cmpuint (fob_secret_get_size (secret), ==, 20);
  g_assert_true (fob_secret_is_locked (secret));
}

static void
test_equal (void)
{
  g_autoptr (FobSecret) a = fob_secret_new ("abc", 3);
  g_autoptr (FobSecret) same = fob_secret_new ("abc", 3);
  g_autoptr (FobSecret) other = fob_secret_new ("abd", 3);
  g_autoptr (FobSecret) longer = fob_secret_new ("abcd", 4);
  g_autoptr (FobSecret) empty = fob_secret_new (NULL, 0);
  g_autoptr (FobSecret) empty_too = fob_secret_new ("", 0);

  g_assert_true (fob_secret_equal (a, a));
  g_assert_true (fob_secret_equal (a, same));
  g_assert_false (fob_secret_equal (a, other));
  g_assert_false (fob_secret_equal (a, longer));
  g_assert_false (fob_secret_equal (a, empty));
  g_assert_true (fob_secret_equal (empty, empty_too));
  g_assert_true (fob_secret_equal (NULL, NULL));
  g_assert_false (fob_secret_equal (a, NULL));
  g_assert_false (fob_secret_equal (NULL, a));
}

static void
test_boxed (void)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new ("abc", 3);

  g_value_init (&value, FOB_TYPE_SECRET);
  g_value_set_boxed (&value, secret);
  g_assert_true (g_value_get_boxed (&value) == secret);
}

/* What the freed block of the secure heap looks like: it stays mapped, so that it can be read. */
static void
test_wiped_when_freed (void)
{
  const char key[] = "a key that must not stay in here";
  FobSecret *secret = fob_secret_new (key, sizeof key);
  const char *data = fob_secret_get_data (secret, NULL);

  g_assert_true (fob_secret_is_locked (secret));
  fob_secret_ref (secret);
  fob_secret_unref (secret);
  g_assert_cmpmem (data, sizeof key, key, sizeof key);

  fob_secret_unref (secret);
  g_assert_null (memmem (data, sizeof key, key + 16, 8));
}

static void
test_full_heap (void)
{
  g_autoptr (GPtrArray) secrets =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fob_secret_unref);
  guint8 bytes[1024];
  gboolean locked = TRUE;

  memset (bytes, 0x5a, sizeof bytes);
  while (locked && secrets->len <= FOB_SECRET_HEAP_SIZE / sizeof bytes)
    {
      FobSecret *secret = fob_secret_new (bytes, sizeof bytes);

      g_ptr_array_add (secrets, secret);
      locked = fob_secret_is_locked (secret);
    }

  /* The last one is in ordinary memory and works just the same. */
  g_assert_false (locked);
  g_assert_true (fob_secret_equal (g_ptr_array_index (secrets, 0),
                                   g_ptr_array_index (secrets, secrets->len - 1)));
  g_assert_cmpuint (secrets->len, >, FOB_SECRET_HEAP_SIZE / sizeof bytes / 2);

  g_ptr_array_set_size (secrets, 0);
  g_ptr_array_add (secrets, fob_secret_new (bytes, sizeof bytes));
  g_assert_true (fob_secret_is_locked (g_ptr_array_index (secrets, 0)));
}

static gpointer
make_and_drop (gpointer data)
{
  FobSecret *shared = data;

  for (guint8 i = 0; i < 200; i++)
    {
      guint8 bytes[40];
      g_autoptr (FobSecret) mine = NULL;
      g_autoptr (FobSecret) ref = fob_secret_ref (shared);

      memset (bytes, i, sizeof bytes);
      mine = fob_secret_new (bytes, sizeof bytes);
      g_assert_cmpmem (fob_secret_get_data (mine, NULL), sizeof bytes, bytes, sizeof bytes);
    }

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (FobSecret) shared = fob_secret_new ("shared", 6);
  GThread *threads[N_THREADS];

  for (gsize i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("secret", make_and_drop, shared);
  for (gsize i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);

  g_assert_cmpmem (fob_secret_get_data (shared, NULL), 6, "shared", 6);
}

static void
test_wipe (void)
{
  char buffer[] = "secret";
  g_autoptr (GBytes) bytes = fob_wipe_bytes_new_take (g_strdup ("text"), 4);
  g_auto (FobWipedString) text = g_strdup ("text");

  fob_wipe (buffer, 3);
  g_assert_cmpmem (buffer, sizeof buffer, "\0\0\0ret", 7);
  fob_wipe (NULL, 0);
  fob_wipe_free_string (NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "text", 4);
  g_assert_cmpstr (text, ==, "text");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otp/secret/copies", test_copies);
  g_test_add_func ("/otp/secret/equal", test_equal);
  g_test_add_func ("/otp/secret/boxed", test_boxed);
  g_test_add_func ("/otp/secret/wiped-when-freed", test_wiped_when_freed);
  g_test_add_func ("/otp/secret/full-heap", test_full_heap);
  g_test_add_func ("/otp/secret/threads", test_threads);
  g_test_add_func ("/otp/wipe/all", test_wipe);

  return g_test_run ();
}
