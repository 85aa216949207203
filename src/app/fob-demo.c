/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-demo.h"

#include "fob-memory-store.h"
#include "fob-otp-uri.h"

typedef struct
{
  const char *uri;
  const char *note;
  gboolean pinned;
} Sample;

/* Made-up secrets of made-up people. Varied on purpose: every algorithm, several lengths and
 * periods, a counter, names in other scripts, a long one, one without an issuer. */
static const Sample samples[] = {
  { "otpauth://totp/GitHub:ada?secret=KRUGKIDROVUWG2ZAMJZG653OEBTG66BA&issuer=GitHub", NULL, TRUE },
  { "otpauth://totp/"
    "Google:ada.lovelace%40example.org?secret=NJ2W24DTEBXXMZLSEB2GQZJA&issuer=Google",
    NULL, TRUE },
  { "otpauth://totp/"
    "GNOME:ada?secret=NRQXU6JAMRXWOIDBNZSCA5DIMUQGG33X&issuer=GNOME&algorithm=SHA256",
    NULL, FALSE },
  { "otpauth://totp/"
    "Debian%20Salsa:ada?secret=MJZG653OEBTG66BANJ2W24DT&issuer=Debian%20Salsa&digits=8",
    NULL, FALSE },
  { "otpauth://hotp/"
    "Northwind%20Bank:4711%200815?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Northwind%20Bank&"
    "counter=41",
    "Phone: the number on the back of the card", FALSE },
  { "otpauth://totp/"
    "Fastmail:ada%40example.org?secret=OZSXE6JAMZQXG5BANVQWS3BA&issuer=Fastmail&period=60",
    NULL, FALSE },
  { "otpauth://totp/"
    "Mastodon:%40ada%40mathstodon.example?secret=ORXW65BAORXW65BAORXW65BA&issuer=Mastodon&"
    "algorithm=SHA512",
    NULL, FALSE },
  { "otpauth://totp/"
    "%CE%A4%CF%81%CE%AC%CF%80%CE%B5%CE%B6%CE%B1%20%CE%91%CE%B8%CE%B7%CE%BD%CF%8E%CE%BD:%CE%A3%CE%"
    "BF%CF%86%CE%AF%CE%B1"
    "?secret=ONQWW5LSMEQGS3RAMJWG633N&issuer=%CE%A4%CF%81%CE%AC%CF%80%CE%B5%CE%B6%CE%B1%20%CE%91%"
    "CE%B8%CE%B7%CE%BD%CF%8E%CE%BD",
    NULL, FALSE },
  { "otpauth://totp/Nextcloud:ada?secret=MNWG65LEOMQGC3TEEBRWY33VMRZQ&issuer=Nextcloud", NULL,
    FALSE },
  { "otpauth://totp/"
    "Wikimedia%20Foundation%20Developer%20Account:ada.king.countess.of.lovelace%40analytical-"
    "engine.example?"
    "secret=MVXGG6LDNRXXAZLENFQQUMJS&issuer=Wikimedia%20Foundation%20Developer%20Account",
    NULL, FALSE },
  { "otpauth://totp/home-server?secret=NBXW2ZJAON3WKZLUEBUG63LF", NULL, FALSE },
  { "otpauth://totp/"
    "Codeberg:ada?secret=MJSXE3DJNYQGEZLSM4QGGYLU&issuer=Codeberg&digits=7&period=45",
    NULL, FALSE },
};

static FobAccount *
fob_demo_create_account (const Sample *sample)
{
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobOtp) otp = fob_otp_uri_parse (sample->uri, -1, &issuer, &name, &error);
  g_autoptr (FobAccount) plain = NULL;
  g_autoptr (FobAccount) noted = NULL;

  g_assert_no_error (error);
  plain = fob_account_new (issuer, name, otp);
  noted = fob_account_with_note (plain, sample->note != NULL ? sample->note : "");

  return fob_account_with_pinned (noted, sample->pinned);
}

FobStore *
fob_demo_store_new (void)
{
  FobAccount *accounts[G_N_ELEMENTS (samples)];
  FobStore *store;

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    accounts[i] = fob_demo_create_account (&samples[i]);
  store = fob_memory_store_new (accounts, G_N_ELEMENTS (samples));
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    g_object_unref (accounts[i]);

  return store;
}
