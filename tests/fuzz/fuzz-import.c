/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fuzz.h"

#include "fob-format.h"
#include "fob-icon-pack.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/lsan_interface.h>

#include "fob-random.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);

/* OpenSSL keeps its generator in the secure heap, where no leak checker sees what it points to. */
int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  guint8 byte;

  __lsan_disable ();
  fob_random_bytes (&byte, sizeof byte);
  __lsan_enable ();

  return 0;
}
#endif
#endif

/* The first byte: what recognises a file by itself, and what reads an icon pack. */
#define RECOGNISE '*'
#define ICON_PACK '#'

static void
read_icon_pack (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobIconPack) pack = fob_icon_pack_new (bytes, &error);
  g_autoptr (GBytes) image = NULL;
  const char *type;
  guint icon;

  g_assert_true ((pack == NULL) == (error != NULL));
  if (pack == NULL || !fob_icon_pack_find (pack, "Shop", &icon))
    return;

  g_assert_cmpuint (icon, <, fob_icon_pack_get_n_icons (pack));
  image = fob_icon_pack_extract (pack, icon, &type, NULL);
  g_assert_true (image == NULL || g_bytes_get_size (image) <= FOB_ICON_SIZE_MAX);
}

/* The first byte chooses the format, so that each sees everything, also what it would never
 * recognise. Without a passphrase: deriving keys would leave no time for parsing. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const FobFormat *const *formats = fob_format_list ();
  const FobFormat *format = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (FobImport) import = NULL;
  g_autoptr (GError) error = NULL;
  guint n_formats = 0;

  if (size == 0)
    return 0;
  if (data[0] == ICON_PACK)
    {
      read_icon_pack (data + 1, size - 1);
      return 0;
    }

  while (formats[n_formats] != NULL)
    n_formats++;
  if (data[0] != RECOGNISE && n_formats > 0)
    format = formats[data[0] % n_formats];
  bytes = g_bytes_new (data + 1, size - 1);
  import = fob_format_import (bytes, format, NULL, NULL, &error);
  g_assert_true ((import == NULL) == (error != NULL));
  if (import == NULL)
    return 0;

  for (guint i = 0; i < fob_import_get_n_accounts (import); i++)
    {
      FobAccount *account = fob_import_get_account (import, i);

      g_assert_true (g_utf8_validate (fob_account_get_issuer (account), -1, NULL));
      g_assert_true (g_utf8_validate (fob_account_get_name (account), -1, NULL));
    }
  for (guint i = 0; i < fob_import_get_n_skipped (import); i++)
    g_assert_cmpstr (fob_import_get_skipped (import, i)->reason, !=, "");

  return 0;
}
