/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-icon-pack.h"
#include "make-zip.h"

#define ID  "0F3A9C52-7E1B-4C55-9C4E-7B5A2F60D311"
#define SVG "<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>"
#define PNG "\x89PNG\r\n\x1a\n and so on"

static const char pack_text[] =
  "{\"uuid\":\"" ID "\",\"name\":\"Made up\",\"version\":3,\"icons\":["
  "{\"filename\":\"a/Great Shop.svg\",\"issuer\":[\"Great Shop\",\"greatshop.example\"]},"
  "{\"filename\":\"a/Shop.png\",\"category\":\"x\",\"issuer\":[\"shop\"]},"
  "{\"filename\":\"Cafe.svg\",\"name\":\"Café\",\"issuer\":[]},"
  "{\"filename\":\"X.svg\",\"issuer\":[\"X\"]},"
  "{\"filename\":\"gone.svg\",\"issuer\":[\"Gone\"]},"
  "{\"filename\":\"text.svg\",\"issuer\":[\"Text\"]},"
  "{\"filename\":7},{\"issuer\":[\"nothing\"]},null]}";

static GBytes *
make_pack (const char *text)
{
  const ZipMember members[] = {
    { "pack.json", text, 0 }, { "a/Great Shop.svg", SVG, 0 },       { "a/Shop.png", PNG, 0 },
    { "Cafe.svg", SVG, 0 },   { "text.svg", "no image at all", 0 }, { NULL, NULL, 0 },
  };

  return make_zip (members);
}

static FobIconPack *
open_pack (void)
{
  g_autoptr (GBytes) zip = make_pack (pack_text);
  g_autoptr (GError) error = NULL;
  FobIconPack *pack;

  g_assert_true (fob_icon_pack_probe (zip));
  pack = fob_icon_pack_new (zip, &error);
  g_assert_no_error (error);

  return pack;
}

static void
test_read (void)
{
  g_autoptr (FobIconPack) pack = open_pack ();
  g_autofree char *id = g_ascii_strdown (ID, -1);
  const char *type = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) svg = fob_icon_pack_extract (pack, 0, &type, &error);
  g_autoptr (GBytes) png = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (type, ==, "image/svg+xml");
  g_assert_cmpmem (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg), SVG, strlen (SVG));
  png = fob_icon_pack_extract (pack, 1, &type, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (type, ==, "image/png");
  g_assert_cmpstr (fob_icon_pack_get_id (pack), ==, id);
  g_assert_cmpstr (fob_icon_pack_get_name (pack), ==, "Made up");
  g_assert_cmpuint (fob_icon_pack_get_n_icons (pack), ==, 6);
  g_assert_cmpstr (fob_icon_pack_get_icon_name (pack, 0), ==, "Great Shop");
  g_assert_cmpstr (fob_icon_pack_get_icon_name (pack, 2), ==, "Café");

  /* A file that is not there, and one that is no image. */
  g_assert_null (fob_icon_pack_extract (pack, 4, &type, &error));
  g_assert_error (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_null (fob_icon_pack_extract (pack, 5, &type, &error));
  g_assert_error (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_FORMAT);
}

static void
test_find (void)
{
  static const struct
  {
    const char *issuer;
    int icon;
  } cases[] = {
    { "great shop", 0 },
    { "GREAT SHOP (work)", 0 },
    { "shop", 1 },
    { "My Shop", 1 },
    { "Workshop", -1 },
    { "CAFE", 2 },
    { "Café Uno", 2 },
    { "x", 3 },
    { "X files", -1 },
    { "", -1 },
    { "Nobody", -1 },
    { "greatshop.example", 0 },
    { "shop/great shop", 0 },
  };
  g_autoptr (FobIconPack) pack = open_pack ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint icon = 0;
      const gboolean found = fob_icon_pack_find (pack, cases[i].issuer, &icon);

      g_test_message ("%s", cases[i].issuer);
      g_assert_cmpint (found ? (int) icon : -1, ==, cases[i].icon);
    }
  g_assert_true (fob_icon_pack_icon_matches (pack, 0, "shop great"));
  g_assert_true (fob_icon_pack_icon_matches (pack, 2, ""));
  g_assert_false (fob_icon_pack_icon_matches (pack, 1, "great"));
}

static void
test_broken (void)
{
  static const char *const texts[] = {
    "",
    "[]",
    "{",
    "{\"uuid\":\"" ID "\",\"name\":\"x\"}",
    "{\"uuid\":\"" ID "\",\"name\":\"x\",\"icons\":[]}",
    "{\"uuid\":\"../../etc\",\"name\":\"x\",\"icons\":[{\"filename\":\"X.svg\"}]}",
    "{\"uuid\":\"" ID "\",\"name\":7,\"icons\":[{\"filename\":\"X.svg\"}]}",
  };
  g_autoptr (GBytes) whole = make_pack (pack_text);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) zip = make_pack (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (fob_icon_pack_new (zip, &error));
      g_assert_error (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_FORMAT);
      g_assert_cmpstr (error->message, !=, "");
    }
  /* Cut off anywhere: an error, or what is left of it, but no more. */
  for (gsize size = 0; size < g_bytes_get_size (whole); size += 7)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (FobIconPack) pack = fob_icon_pack_new (cut, &error);

      g_assert_true (pack != NULL || error != NULL);
    }
}

/* A few kilobytes that become a gigabyte are not unpacked. */
static void
test_bomb (void)
{
  const gsize size = 64 * 1024 * 1024;
  g_autofree char *zeros = g_malloc0 (size);
  const ZipMember members[] = { { "pack.json", pack_text, 0 },
                                { "a/Great Shop.svg", zeros, size },
                                { NULL, NULL, 0 } };
  g_autoptr (GBytes) zip = make_zip (members);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobIconPack) pack = fob_icon_pack_new (zip, &error);
  const char *type;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (zip), <, size / 100);
  g_assert_null (fob_icon_pack_extract (pack, 0, &type, &error));
  g_assert_error (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_LIMITS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interchange/icon-pack/read", test_read);
  g_test_add_func ("/interchange/icon-pack/find", test_find);
  g_test_add_func ("/interchange/icon-pack/broken", test_broken);
  g_test_add_func ("/interchange/icon-pack/bomb", test_bomb);

  return g_test_run ();
}
