/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Tokens of every kind through the text of a vault and back. */

#include <string.h>

#include "fob-account.h"
#include "fob-otp-uri.h"
#include "fob-payload-draft.h"

#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

static const char *const uris[] = {
  "otpauth://totp/I:a?secret=" SECRET "&algorithm=SHA512&digits=10&period=31622400",
  "otpauth://hotp/I:a?secret=" SECRET "&algorithm=SHA256&digits=1&counter=0",
  "otpauth://hotp/I:a?secret=" SECRET "&counter=9223372036854775807",
  "otpauth://hotp/I:a?secret=" SECRET "&counter=18446744073709551615",
  "otpauth://steam/Steam:a?secret=" SECRET,
  "motp://I:a?secret=e3152afee62599c8&pin=12%2034%C3%A4",
  "motp://I:a?secret=e3152afee62599c8",
  "otpauth://yaotp/I:a?secret=6SB2IKNM6OBZPAVBVTOHDKS4FAAAAAAADFUTQMBTRY&pin=5239",
  "otpauth://yaotp/I:a?secret=6SB2IKNM6OBZPAVBVTOHDKS4FAAAAAAADFUTQMBTRY",
  "otpauth://ocra/I:a?secret=" SECRET
  "&ocrasuite=OCRA-1:HOTP-SHA512-8:c-QA10-PSHA256-S064-T1M&counter=18446744073709551615&pin=1234",
  "otpauth://ocra/I:a?secret=" SECRET "&ocrasuite=OCRA-1:HOTP-SHA1-0:QN08",
};

static FobAccount *
make_account (const char *uri)
{
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FobOtp) otp = fob_otp_uri_parse (uri, -1, &issuer, &name, &error);

  g_assert_no_error (error);
  return fob_account_new (issuer, name, otp);
}

static FobPayload *
write_and_read (FobPayload *payload)
{
  g_autoptr (GBytes) text = fob_payload_format (payload);
  g_autoptr (GError) error = NULL;
  FobPayload *again = fob_payload_parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fob_payload_get_n_unreadable (again), ==, 0);
  return again;
}

static void
test_round_trip (void)
{
  g_autoptr (FobPayload) empty = fob_payload_new ();
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (empty);
  g_autoptr (FobPayload) payload = NULL;
  g_autoptr (FobPayload) again = NULL;
  g_autoptr (FobPayload) once_more = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (FobAccount) account = make_account (uris[i]);

      fob_payload_draft_insert (draft, i, account);
    }

  payload = fob_payload_draft_finish (draft);
  again = write_and_read (payload);
  once_more = write_and_read (again);
  g_assert_cmpuint (fob_payload_get_n_accounts (once_more), ==, G_N_ELEMENTS (uris));

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_test_message ("%s", uris[i]);
      g_assert_true (fob_account_equal (fob_payload_get_account (again, i),
                                        fob_payload_get_account (once_more, i)));
      g_assert_true (fob_otp_equal (fob_account_get_otp (fob_payload_get_account (payload, i)),
                                    fob_account_get_otp (fob_payload_get_account (once_more, i))));
    }
}

/* As Aegis writes them. */
static void
test_aegis_types (void)
{
  const char text[] = "{\"version\":3,\"entries\":["
                      "{\"type\":\"steam\",\"uuid\":\"01234567-89ab-4def-8123-456789abcde0\","
                      "\"name\":\"a\",\"issuer\":\"Steam\","
                      "\"note\":\"\",\"info\":{\"secret\":\"63BEDWCQZKTQWPESARIERL5DTTQFCJTK\","
                      "\"algo\":\"SHA1\",\"digits\":5,"
                      "\"period\":30}},"
                      "{\"type\":\"motp\",\"uuid\":\"01234567-89ab-4def-8123-456789abcde1\","
                      "\"name\":\"b\",\"issuer\":\"M\","
                      "\"note\":\"\",\"info\":{\"secret\":\"4MKSV7XGEWM4Q\",\"algo\":\"MD5\","
                      "\"digits\":6,\"period\":10,"
                      "\"pin\":\"1234\"}},"
                      "{\"type\":\"yandex\",\"uuid\":\"01234567-89ab-4def-8123-456789abcde2\","
                      "\"name\":\"c\",\"issuer\":\"Y\","
                      "\"note\":\"\",\"info\":{\"secret\":\"6SB2IKNM6OBZPAVBVTOHDKS4FA\",\"algo\":"
                      "\"SHA256\",\"digits\":8,"
                      "\"period\":30,\"pin\":\"5239\"}}"
                      "],\"groups\":[]}";
  const gint64 times[] = { 1511200518, 165892298, 1641559648 };
  const char *const codes[] = { "FR8RV", "e7d8b6", "umozdicq" };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (FobPayload) read = fob_payload_parse (bytes, &error);
  g_autoptr (FobPayload) payload = NULL;

  g_assert_no_error (error);
  payload = write_and_read (read);
  g_assert_cmpuint (fob_payload_get_n_accounts (payload), ==, G_N_ELEMENTS (codes));

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      FobOtp *otp = fob_account_get_otp (fob_payload_get_account (payload, i));
      char code[FOB_OTP_CODE_SIZE];

      g_assert_true (fob_otp_code (otp, times[i], code, NULL));
      g_assert_cmpstr (code, ==, codes[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/kinds/round-trip", test_round_trip);
  g_test_add_func ("/account/kinds/aegis-types", test_aegis_types);

  return g_test_run ();
}
