/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include <string.h>

#include "fob-otp-uri.h"
#include "fob-wipe.h"

/* RFC 4226 appendix D: base32 of 12345678901234567890. */
#define SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

#define ROUND_TRIPS 100000

typedef struct
{
  const char *uri;
  const char *issuer;
  const char *account;
} NamesRow;

/* Labels as met in the wild. */
static const NamesRow names[] = {
  { "otpauth://totp/Example:alice?secret=" SECRET "&issuer=Example", "Example", "alice" },
  { "otpauth://totp/Example:alice?secret=" SECRET, "Example", "alice" },
  { "otpauth://totp/Example%3Aalice?secret=" SECRET, "Example", "alice" },
  { "otpauth://totp/Example%3A%20alice?secret=" SECRET, "Example", "alice" },
  { "otpauth://totp/Example: alice?secret=" SECRET, "Example", "alice" },
  { "otpauth://totp/ Example : alice ?secret=" SECRET, "Example", "alice" },
  { "otpauth://totp/alice?secret=" SECRET, "", "alice" },
  { "otpauth://totp/alice?secret=" SECRET "&issuer=Example", "Example", "alice" },
  { "otpauth://totp/:alice?secret=" SECRET, "", "alice" },
  { "otpauth://totp/:alice?secret=" SECRET "&issuer=Example", "Example", "alice" },
  { "otpauth://totp//alice?secret=" SECRET, "", "alice" },
  { "otpauth://totp/?secret=" SECRET, "", "" },
  { "otpauth://totp?secret=" SECRET, "", "" },
  { "otpauth://totp/?secret=" SECRET "&issuer=Example", "Example", "" },
  { "otpauth://totp/Example:?secret=" SECRET, "Example", "" },
  /* More than one colon. */
  { "otpauth://totp/a:b:c?secret=" SECRET, "a", "b:c" },
  { "otpauth://totp/a:b:c?secret=" SECRET "&issuer=a:b", "a:b", "c" },
  { "otpauth://totp/a:b:c?secret=" SECRET "&issuer=a%3Ab", "a:b", "c" },
  { "otpauth://totp/Matrix:@u:srv.org?secret=" SECRET "&issuer=Matrix", "Matrix", "@u:srv.org" },
  { "otpauth://totp/@u:srv.org?secret=" SECRET "&issuer=Matrix", "Matrix", "@u:srv.org" },
  /* The parameter wins; the prefix goes only if it says the same. */
  { "otpauth://totp/Old:alice?secret=" SECRET "&issuer=New", "New", "Old:alice" },
  { "otpauth://totp/github:alice?secret=" SECRET "&issuer=GitHub", "GitHub", "alice" },
  { "otpauth://totp/NoIssuer?secret=" SECRET "&issuer=NoIssuer", "NoIssuer", "NoIssuer" },
  { "otpauth://totp/Example:alice?secret=" SECRET "&issuer=", "Example", "alice" },
  { "otpauth://totp/Example:alice?secret=" SECRET "&issuer", "Example", "alice" },
  { "otpauth://totp/alice?secret=" SECRET "&issuer=&issuer=B&issuer=C", "B", "alice" },
  { "otpauth://totp/alice?secret=" SECRET "&issuer=Fooperiod=30", "Foo", "alice" },
  /* A plus is a plus in a label and a space in a value. */
  { "otpauth://totp/a+b@c.org?secret=" SECRET "&issuer=My+Bank", "My Bank", "a+b@c.org" },
  { "otpauth://totp/a%2Bb?secret=" SECRET "&issuer=A%2BB", "A+B", "a+b" },
  { "otpauth://totp/x?secret=" SECRET "&issuer=AT%26T", "AT&T", "x" },
  { "otpauth://totp/x?secret=" SECRET "&issuer=a%3Db", "a=b", "x" },
  { "otpauth://totp/x?secret=" SECRET "&issuer=a=b", "a=b", "x" },
  /* Characters that should have been encoded. */
  { "otpauth://totp/Acme Co:al ice?secret=" SECRET, "Acme Co", "al ice" },
  { "otpauth://totp/Acme #1:alice?secret=" SECRET, "Acme #1", "alice" },
  { "otpauth://totp/x?secret=" SECRET "&issuer=Acme#1", "Acme#1", "x" },
  { "otpauth://totp/who?:me?secret=" SECRET, "who?", "me" },
  { "otpauth://totp/who?Secret=" SECRET "&image=http://x/?secret=y", "", "who" },
  { "otpauth://totp/100%:alice?secret=" SECRET, "100%", "alice" },
  { "otpauth://totp/100%25:alice?secret=" SECRET, "100%", "alice" },
  { "otpauth://totp/%4:%zz?secret=" SECRET "&issuer=%4", "%4", "%zz" },
  { "otpauth://totp/%?secret=" SECRET, "", "%" },
  { "otpauth://totp/銀行:アリス?secret=" SECRET, "銀行", "アリス" },
  { "otpauth://totp/%E9%8A%80%E8%A1%8C:🔑?secret=" SECRET, "銀行", "🔑" },
  /* Data like any other; who shows it escapes it. */
  { "otpauth://totp/a%0Ab:c%07d?secret=" SECRET, "a\nb", "c\ad" },
  { "otpauth://totp/x%E2%80%AEy?secret=" SECRET, "", "x\u202ey" },
  { "otpauth://totp/x\u202ey\001z?secret=" SECRET, "", "x\u202ey\001z" },
  /* Around and before. */
  { "  \r\n\totpauth://totp/alice?secret=" SECRET "\n \n", "", "alice" },
  { "\ufeffotpauth://totp/alice?secret=" SECRET, "", "alice" },
  { "OTPAUTH://TOTP/ALICE?SECRET=" SECRET "&ISSUER=EXAMPLE", "EXAMPLE", "ALICE" },
  { "otpauth://TotP/alice?issuer=X&&&=&secret=" SECRET "&", "X", "alice" },
};

typedef struct
{
  const char *query;
  FobOtpAlgorithm algorithm;
  guint digits;
  guint64 period;
} TotpRow;

static const TotpRow totps[] = {
  { "", FOB_OTP_ALGORITHM_SHA1, 6, 30 },
  { "&algorithm=SHA256&digits=8&period=60", FOB_OTP_ALGORITHM_SHA256, 8, 60 },
  { "&algorithm=sha512", FOB_OTP_ALGORITHM_SHA512, 6, 30 },
  { "&algorithm=SHA-256", FOB_OTP_ALGORITHM_SHA256, 6, 30 },
  { "&algorithm=HmacSHA1", FOB_OTP_ALGORITHM_SHA1, 6, 30 },
  { "&algorithm=HMAC-SHA-512", FOB_OTP_ALGORITHM_SHA512, 6, 30 },
  { "&algorithm=Algorithm.sha256", FOB_OTP_ALGORITHM_SHA256, 6, 30 },
  { "&algorithm=null", FOB_OTP_ALGORITHM_SHA1, 6, 30 },
  { "&algorithm=", FOB_OTP_ALGORITHM_SHA1, 6, 30 },
  { "&algorithm", FOB_OTP_ALGORITHM_SHA1, 6, 30 },
  { "&algo=SHA256", FOB_OTP_ALGORITHM_SHA256, 6, 30 },
  { "&digits=&period=", FOB_OTP_ALGORITHM_SHA1, 6, 30 },
  { "&digits=1", FOB_OTP_ALGORITHM_SHA1, 1, 30 },
  { "&digits=10&period=1", FOB_OTP_ALGORITHM_SHA1, 10, 1 },
  { "&digits=+7+&period=%2060", FOB_OTP_ALGORITHM_SHA1, 7, 60 },
  { "&digits=08", FOB_OTP_ALGORITHM_SHA1, 8, 30 },
  { "&period=31622400", FOB_OTP_ALGORITHM_SHA1, 6, 31622400 },
  { "&digits=&digits=7&digits=8", FOB_OTP_ALGORITHM_SHA1, 7, 30 },
  { "&counter=nonsense", FOB_OTP_ALGORITHM_SHA1, 6, 30 },
  { "&issuer=Fooperiod=45", FOB_OTP_ALGORITHM_SHA1, 6, 45 },
  { "&icon=x&image=https://a/b&lock=1&user=u&pinned=true", FOB_OTP_ALGORITHM_SHA1, 6, 30 },
};

#define YANDEX_SECRET "6SB2IKNM6OBZPAVBVTOHDKS4FAAAAAAADFUTQMBTRY"
#define MOTP_SECRET   "e3152afee62599c8"
#define SUITE         "OCRA-1%3AHOTP-SHA256-8%3AC-QN08-PSHA1"

typedef struct
{
  const char *uri;
  FobOtpKind kind;
  const char *issuer;
  const char *account;
  const char *pin;
} KindRow;

static const KindRow kinds[] = {
  /* Every way in which Steam Guard is written down. */
  { "otpauth://steam/Steam:me?secret=" SECRET, FOB_OTP_KIND_STEAM, "Steam", "me", NULL },
  { "otpauth://steam/Steam:me?secret=" SECRET "&digits=99&period=x", FOB_OTP_KIND_STEAM, "Steam",
    "me", NULL },
  { "otpauth://totp/Steam:me?secret=" SECRET, FOB_OTP_KIND_STEAM, "Steam", "me", NULL },
  { "otpauth://totp/me?issuer=steam&digits=5&secret=" SECRET, FOB_OTP_KIND_STEAM, "steam", "me",
    NULL },
  { "otpauth://totp/me?issuer=Steam&digits=5&period=30&algorithm=SHA1&secret=" SECRET,
    FOB_OTP_KIND_STEAM, "Steam", "me", NULL },
  { "otpauth://totp/X:me?secret=" SECRET "&digits=6&steam", FOB_OTP_KIND_STEAM, "X", "me", NULL },
  { "otpauth://totp/X:me?secret=" SECRET "&encoder=steam", FOB_OTP_KIND_STEAM, "X", "me", NULL },
  { "otpauth://totp/Steam:me?secret=" SECRET "&deviceid=android:1&data=%7B%7D", FOB_OTP_KIND_STEAM,
    "Steam", "me", NULL },
  { "steam://" SECRET, FOB_OTP_KIND_STEAM, "Steam", "", NULL },
  { "STEAM://" SECRET "/", FOB_OTP_KIND_STEAM, "Steam", "", NULL },
  { "steam://gezdgnbvgy3tqojqgezdgnbvgy3tqojq?issuer=Valve", FOB_OTP_KIND_STEAM, "Valve", "",
    NULL },
  /* And what is none. */
  { "otpauth://totp/Steam:me?secret=" SECRET "&digits=6", FOB_OTP_KIND_TOTP, "Steam", "me", NULL },
  { "otpauth://totp/Steam:me?secret=" SECRET "&period=60", FOB_OTP_KIND_TOTP, "Steam", "me", NULL },
  { "otpauth://totp/Steam:me?secret=" SECRET "&digits=5&encoder=totp", FOB_OTP_KIND_TOTP, "Steam",
    "me", NULL },
  { "otpauth://totp/Steamy:me?secret=" SECRET "&digits=5", FOB_OTP_KIND_TOTP, "Steamy", "me",
    NULL },
  { "otpauth://hotp/Steam:me?secret=" SECRET "&digits=5", FOB_OTP_KIND_HOTP, "Steam", "me", NULL },
  /* mOTP */
  { "motp://Bank:me?secret=" MOTP_SECRET, FOB_OTP_KIND_MOTP, "Bank", "me", NULL },
  { "motp://Bank:user?secret=E3152AFEE62599C8&pin=12%2034", FOB_OTP_KIND_MOTP, "Bank", "user",
    "12 34" },
  { "otpauth://motp/Bank:me?secret=" MOTP_SECRET "&pin=1234", FOB_OTP_KIND_MOTP, "Bank", "me",
    "1234" },
  { "motp:///me?secret=" MOTP_SECRET "&issuer=Bank&pin=", FOB_OTP_KIND_MOTP, "Bank", "me", NULL },
  { "motp://me?secret=" MOTP_SECRET "&algorithm=MD5&digits=6", FOB_OTP_KIND_MOTP, "", "me", NULL },
  /* Yandex */
  { "otpauth://yaotp/me?secret=" YANDEX_SECRET "&pin_length=4", FOB_OTP_KIND_YANDEX, "", "me",
    NULL },
  { "otpauth://yaotp/me?secret=" YANDEX_SECRET "&pin=GUZDGOI", FOB_OTP_KIND_YANDEX, "", "me",
    "5239" },
  { "otpauth://yaotp/me?secret=" YANDEX_SECRET "&pin=5239", FOB_OTP_KIND_YANDEX, "", "me", "5239" },
  { "otpauth://yandex/Yandex:me?secret=" YANDEX_SECRET "&algorithm=SHA256&digits=8",
    FOB_OTP_KIND_YANDEX, "Yandex", "me", NULL },
  /* OCRA */
  { "otpauth://ocra/Bank:me?secret=" SECRET "&ocrasuite=" SUITE "&counter=7&pin=1234",
    FOB_OTP_KIND_OCRA, "Bank", "me", "1234" },
  { "otpauth://OCRA/me?secret=" SECRET "&suite=OCRA-1:HOTP-SHA1-6:QN08&pin=ignored",
    FOB_OTP_KIND_OCRA, "", "me", NULL },
  { "otpauth://ocra/me?secret=" SECRET "&ocrasuite=" SUITE "&digits=x&period=x&counter=",
    FOB_OTP_KIND_OCRA, "", "me", NULL },
};

static const char *const secrets[] = {
  "gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
  "GEZD%20GNBV+GY3T-QOJQ GEZD_GNBV%0AGY3T%09QOJQ",
  SECRET "%3D%3D%3D%3D",
  SECRET "====",
  "GEZDGNBVGY3TQOJQGEZD%47NBVGY3TQOJQ",
  "&secret=" SECRET "&secret=AAAA",
};

typedef struct
{
  const char *uri;
  FobOtpError code;
} BrokenRow;

#define TOTP "otpauth://totp/a:b?secret=" SECRET
#define HOTP "otpauth://hotp/a:b?secret=" SECRET

static const BrokenRow broken[] = {
  { "", FOB_OTP_ERROR_URI },
  { " \n\t ", FOB_OTP_ERROR_URI },
  { "hello", FOB_OTP_ERROR_URI },
  { SECRET, FOB_OTP_ERROR_URI },
  { "otpauth", FOB_OTP_ERROR_URI },
  { "otpauth:", FOB_OTP_ERROR_URI },
  { "otpauth:totp/a?secret=" SECRET, FOB_OTP_ERROR_URI },
  { "otpauth:/totp/a?secret=" SECRET, FOB_OTP_ERROR_URI },
  { "://totp/a?secret=" SECRET, FOB_OTP_ERROR_URI },
  { "see otpauth://totp/a?secret=" SECRET, FOB_OTP_ERROR_URI },
  { "%6ftpauth://totp/a?secret=" SECRET, FOB_OTP_ERROR_URI },
  { "otpauth://totp/\xff\xfe?secret=" SECRET, FOB_OTP_ERROR_URI },
  { "otpauth://totp/\xed\xa0\x80?secret=" SECRET, FOB_OTP_ERROR_URI },
  { TOTP "&issuer=\xc3", FOB_OTP_ERROR_URI },
  { "https://example.org/", FOB_OTP_ERROR_SCHEME },
  { "otpauths://totp/a?secret=" SECRET, FOB_OTP_ERROR_SCHEME },
  { "otpauth-migration://offline?data=CjE", FOB_OTP_ERROR_SCHEME },
  { "file:///etc/passwd", FOB_OTP_ERROR_SCHEME },
  { "otpauth://", FOB_OTP_ERROR_KIND },
  { "otpauth:///a?secret=" SECRET, FOB_OTP_ERROR_KIND },
  { "otpauth://?secret=" SECRET, FOB_OTP_ERROR_KIND },
  { "otpauth://xotp/a?secret=" SECRET, FOB_OTP_ERROR_KIND },
  { "otpauth://totp%20/a?secret=" SECRET, FOB_OTP_ERROR_KIND },
  { "otpauth://totp", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=&issuer=x", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=%20%20", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=A", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret====", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=GEZD0189", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=GEZD%00GNBV", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=GEZD%GNBV", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=GE%3DZDGN", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=GEZD%FF", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=ГЕЗД", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a&secret=" SECRET, FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=" SECRET "#fragment", FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/a?secret=" SECRET "\notpauth://totp/b?secret=" SECRET, FOB_OTP_ERROR_SECRET },
  { "otpauth://totp/%FF?secret=" SECRET, FOB_OTP_ERROR_LABEL },
  { "otpauth://totp/a%00b?secret=" SECRET, FOB_OTP_ERROR_LABEL },
  { "otpauth://totp/%ED%A0%80?secret=" SECRET, FOB_OTP_ERROR_LABEL },
  { TOTP "&issuer=%C3%28", FOB_OTP_ERROR_LABEL },
  { TOTP "&issuer=a%00b", FOB_OTP_ERROR_LABEL },
  { TOTP "&algorithm=MD5", FOB_OTP_ERROR_ALGORITHM },
  { TOTP "&algorithm=SHA224", FOB_OTP_ERROR_ALGORITHM },
  { TOTP "&algorithm=SHA384", FOB_OTP_ERROR_ALGORITHM },
  { TOTP "&algorithm=SHA3-256", FOB_OTP_ERROR_ALGORITHM },
  { TOTP "&algorithm=SHA1%00", FOB_OTP_ERROR_ALGORITHM },
  { TOTP "&algorithm=%FF", FOB_OTP_ERROR_ALGORITHM },
  { TOTP "&algo=x", FOB_OTP_ERROR_ALGORITHM },
  { TOTP "&digits=0", FOB_OTP_ERROR_DIGITS },
  { TOTP "&digits=11", FOB_OTP_ERROR_DIGITS },
  { TOTP "&digits=4294967302", FOB_OTP_ERROR_DIGITS },
  { TOTP "&digits=99999999999999999999999", FOB_OTP_ERROR_DIGITS },
  { TOTP "&digits=abc", FOB_OTP_ERROR_DIGITS },
  { TOTP "&digits=6.0", FOB_OTP_ERROR_DIGITS },
  { TOTP "&digits=-6", FOB_OTP_ERROR_DIGITS },
  { TOTP "&digits=%2B6", FOB_OTP_ERROR_DIGITS },
  { TOTP "&digits=6%00", FOB_OTP_ERROR_DIGITS },
  { TOTP "&digits=0x6", FOB_OTP_ERROR_DIGITS },
  { TOTP "&digits=٦", FOB_OTP_ERROR_DIGITS },
  { TOTP "&period=0", FOB_OTP_ERROR_PERIOD },
  { TOTP "&period=-5", FOB_OTP_ERROR_PERIOD },
  { TOTP "&period=abc", FOB_OTP_ERROR_PERIOD },
  { TOTP "&period=30s", FOB_OTP_ERROR_PERIOD },
  { TOTP "&period=31622401", FOB_OTP_ERROR_PERIOD },
  { TOTP "&period=18446744073709551646", FOB_OTP_ERROR_PERIOD },
  { TOTP "&period=1e3", FOB_OTP_ERROR_PERIOD },
  { TOTP "&issuer=Fooperiod=x", FOB_OTP_ERROR_PERIOD },
  { HOTP "&counter=-1", FOB_OTP_ERROR_COUNTER },
  { HOTP "&counter=abc", FOB_OTP_ERROR_COUNTER },
  { HOTP "&counter=18446744073709551616", FOB_OTP_ERROR_COUNTER },
  { HOTP "&counter=1.5", FOB_OTP_ERROR_COUNTER },
  { HOTP "&counter=1%00", FOB_OTP_ERROR_COUNTER },
  { HOTP "&digits=0", FOB_OTP_ERROR_DIGITS },
  { "steam://", FOB_OTP_ERROR_SECRET },
  { "steam://rungameid/570", FOB_OTP_ERROR_SECRET },
  { "steam://store/440", FOB_OTP_ERROR_SECRET },
  { "steam://run", FOB_OTP_ERROR_SECRET },
  { "otpauth://steam/a:b?secret=" SECRET "&algorithm=SHA256", FOB_OTP_ERROR_ALGORITHM },
  { "motp://a:b", FOB_OTP_ERROR_SECRET },
  { "motp://a:b?secret=e3152afee62599c", FOB_OTP_ERROR_SECRET },
  { "motp://a:b?secret=xyzxyz", FOB_OTP_ERROR_SECRET },
  { "motp://a:b?secret=" MOTP_SECRET "&algorithm=SHA1", FOB_OTP_ERROR_ALGORITHM },
  { "otpauth://yaotp/a:b?secret=" SECRET, FOB_OTP_ERROR_SECRET },
  { "otpauth://yaotp/a:b?secret=7SB2IKNM6OBZPAVBVTOHDKS4FAAAAAAADFUTQMBTRY", FOB_OTP_ERROR_SECRET },
  { "otpauth://yaotp/a:b?secret=" YANDEX_SECRET "&pin=12345678901234567", FOB_OTP_ERROR_PIN },
  { "otpauth://yaotp/a:b?secret=" YANDEX_SECRET "&pin=%21", FOB_OTP_ERROR_PIN },
  { "otpauth://yaotp/a:b?secret=" YANDEX_SECRET "&pin=MFRGGZA", FOB_OTP_ERROR_PIN },
  { "motp://a:b?secret=" MOTP_SECRET "&pin=%FF", FOB_OTP_ERROR_PIN },
  { "motp://a:b?secret=" MOTP_SECRET "&pin=1%002", FOB_OTP_ERROR_PIN },
  { "otpauth://ocra/a:b?secret=" SECRET, FOB_OTP_ERROR_SUITE },
  { "otpauth://ocra/a:b?secret=" SECRET "&ocrasuite=OCRA-1", FOB_OTP_ERROR_SUITE },
  { "otpauth://ocra/a:b?secret=" SECRET "&ocrasuite=" SUITE "%00", FOB_OTP_ERROR_SUITE },
  { "otpauth://ocra/a:b?secret=" SECRET "&ocrasuite=" SUITE "&counter=-1", FOB_OTP_ERROR_COUNTER },
};

static FobOtp *
parse_ok (const char *uri, char **issuer, char **account)
{
  g_autoptr (GError) error = NULL;
  FobOtp *otp = fob_otp_uri_parse (uri, -1, issuer, account, &error);

  g_test_message ("%.100s", uri);
  g_assert_no_error (error);
  g_assert_nonnull (otp);
  g_assert_true (fob_otp_uri_probe (uri, -1));

  return otp;
}

static void
assert_refused (const char *text, gssize length, FobOtpError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *issuer = NULL;
  g_autofree char *account = NULL;
  g_autoptr (FobOtp) otp = fob_otp_uri_parse (text, length, &issuer, &account, &error);

  g_assert_error (error, FOB_OTP_ERROR, (int) code);
  g_assert_null (otp);
  g_assert_null (issuer);
  g_assert_null (account);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  /* Neither the secret nor a part of the URI. */
  g_assert_null (strstr (error->message, "GEZD"));
  g_assert_null (strstr (error->message, "a:b"));
}

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *issuer = NULL;
      g_autofree char *account = NULL;
      g_autoptr (FobOtp) otp = parse_ok (names[i].uri, &issuer, &account);

      g_assert_cmpstr (issuer, ==, names[i].issuer);
      g_assert_cmpstr (account, ==, names[i].account);
    }
}

static void
test_kinds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *issuer = NULL;
      g_autofree char *account = NULL;
      g_autoptr (FobOtp) otp = parse_ok (kinds[i].uri, &issuer, &account);
      FobSecret *pin = fob_otp_get_pin (otp);

      g_assert_cmpint (fob_otp_get_kind (otp), ==, kinds[i].kind);
      g_assert_cmpstr (issuer, ==, kinds[i].issuer);
      g_assert_cmpstr (account, ==, kinds[i].account);
      g_assert_true ((pin == NULL) == (kinds[i].pin == NULL));
      if (pin != NULL)
        g_assert_cmpmem (fob_secret_get_data (pin, NULL), fob_secret_get_size (pin), kinds[i].pin,
                         strlen (kinds[i].pin));
    }
}

static void
test_totp (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (totps); i++)
    {
      g_autofree char *uri = g_strconcat (TOTP, totps[i].query, NULL);
      g_autofree char *issuer = NULL;
      g_autofree char *account = NULL;
      g_autoptr (FobOtp) otp = parse_ok (uri, &issuer, &account);

      g_assert_cmpint (fob_otp_get_kind (otp), ==, FOB_OTP_KIND_TOTP);
      g_assert_cmpint (fob_otp_get_algorithm (otp), ==, totps[i].algorithm);
      g_assert_cmpuint (fob_otp_get_digits (otp), ==, totps[i].digits);
      g_assert_cmpuint (fob_otp_get_period (otp), ==, totps[i].period);
    }
}

static void
test_hotp (void)
{
  const struct
  {
    const char *query;
    guint64 counter;
  } rows[] = { { "", 0 },
               { "&counter=", 0 },
               { "&counter=7", 7 },
               { "&counter=007&period=nonsense", 7 },
               { "&counter=18446744073709551615", G_MAXUINT64 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *uri = g_strconcat (HOTP, rows[i].query, NULL);
      g_autofree char *issuer = NULL;
      g_autofree char *account = NULL;
      g_autoptr (FobOtp) otp = parse_ok (uri, &issuer, &account);

      g_assert_cmpint (fob_otp_get_kind (otp), ==, FOB_OTP_KIND_HOTP);
      g_assert_cmpuint (fob_otp_get_counter (otp), ==, rows[i].counter);
    }
}

static void
test_secrets (void)
{
  g_autoptr (FobSecret) expected = fob_secret_new ("12345678901234567890", 20);

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autofree char *uri = g_strconcat ("otpauth://totp/x?secret=", secrets[i], NULL);
      g_autofree char *issuer = NULL;
      g_autofree char *account = NULL;
      g_autoptr (FobOtp) otp = parse_ok (uri, &issuer, &account);

      g_assert_true (fob_secret_equal (fob_otp_get_secret (otp), expected));
    }
}

static void
test_broken (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_test_message ("broken %" G_GSIZE_FORMAT, i);
      assert_refused (broken[i].uri, -1, broken[i].code);
    }
}

static void
test_hostile (void)
{
  const char nul[] = "otpauth://totp/a?secret=" SECRET "\0&issuer=x";
  const char only_nul[] = { '\0' };
  g_autofree char *large = g_strnfill (1024 * 1024, 'A');
  g_autofree char *large_uri = g_strconcat (TOTP "&issuer=", large, NULL);
  g_autofree char *blank = g_strnfill (1024 * 1024, ' ');
  g_autofree char *long_name = g_strnfill (FOB_OTP_LABEL_SIZE_MAX + 1, 'x');
  g_autofree char *long_issuer = g_strconcat (TOTP "&issuer=", long_name, NULL);
  g_autofree char *long_label =
    g_strconcat ("otpauth://totp/", long_name, "?secret=", SECRET, NULL);
  g_autofree char *padded = g_strconcat (blank, TOTP, blank, NULL);
  g_autofree char *issuer = NULL;
  g_autofree char *account = NULL;
  g_autoptr (FobOtp) otp = NULL;

  assert_refused (nul, sizeof nul - 1, FOB_OTP_ERROR_URI);
  assert_refused (only_nul, 1, FOB_OTP_ERROR_URI);
  assert_refused (NULL, 0, FOB_OTP_ERROR_URI);
  assert_refused (large, -1, FOB_OTP_ERROR_URI);
  assert_refused (large_uri, -1, FOB_OTP_ERROR_URI);
  assert_refused (blank, -1, FOB_OTP_ERROR_URI);
  assert_refused (long_issuer, -1, FOB_OTP_ERROR_LABEL);
  assert_refused (long_label, -1, FOB_OTP_ERROR_LABEL);

  /* White space around does not count. */
  otp = fob_otp_uri_parse (padded, -1, &issuer, &account, NULL);
  g_assert_nonnull (otp);
}

/* The text ends where the length says: nothing behind it is read. */
static void
test_length (void)
{
  const char uri[] = TOTP;

  for (gsize length = 0; length < sizeof uri - 1; length++)
    {
      g_autofree char *exact = g_memdup2 (uri, MAX (length, 1));
      g_autofree char *issuer = NULL;
      g_autofree char *account = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (FobOtp) otp =
        fob_otp_uri_parse (exact, (gssize) length, &issuer, &account, &error);

      g_assert_true ((otp == NULL) == (error != NULL));
      if (length < strlen ("otpauth://totp/a:b?secret=GE"))
        g_assert_null (otp);
    }
}

static void
test_probe (void)
{
  g_assert_true (fob_otp_uri_probe (" \n OTPauth://", -1));
  g_assert_true (fob_otp_uri_probe ("otpauth://nonsense", -1));
  g_assert_false (fob_otp_uri_probe ("otpauth://nonsense", 9));
  g_assert_false (fob_otp_uri_probe ("otpauth-migration://offline", -1));
  g_assert_false (fob_otp_uri_probe ("https://example.org", -1));
  g_assert_false (fob_otp_uri_probe ("", -1));
  g_assert_false (fob_otp_uri_probe (NULL, 0));
}

static void
test_format (void)
{
  const struct
  {
    const char *in;
    const char *out;
  } rows[] = {
    { "otpauth://totp/alice?secret=" SECRET,
      "otpauth://totp/alice?secret=" SECRET "&algorithm=SHA1&digits=6&period=30" },
    { "otpauth://hotp/My Bank:a+b@c.org?secret=" SECRET "&counter=5&digits=8",
      "otpauth://hotp/My%20Bank:a%2Bb%40c.org?secret=" SECRET
      "&issuer=My%20Bank&algorithm=SHA1&digits=8&counter=5" },
    { "otpauth://totp/:a:b?secret=gezd====&algo=sha512&period=60",
      "otpauth://totp/:a%3Ab?secret=GEZA&algorithm=SHA512&digits=6&period=60" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *issuer = NULL;
      g_autofree char *account = NULL;
      g_autoptr (FobOtp) otp = parse_ok (rows[i].in, &issuer, &account);
      g_auto (FobWipedString) uri = fob_otp_uri_format (otp, issuer, account);

      g_assert_cmpstr (uri, ==, rows[i].out);
    }
}

static char *
random_name (void)
{
  static const char *const pieces[] = { "Steam", "a",      "Z",      "0",  ":",  " ",      "%",
                                        "%41",   "+",      "&",      "=",  "?",  "#",      "/",
                                        "\n",    "é",      "銀",     "🔑",  "\t", ";",      "@",
                                        ",",     "\u202e", "\u00a0", "\"", "\\", "period=" };
  GString *name = g_string_new (NULL);
  int length = g_test_rand_int_range (0, 8);

  for (int i = 0; i < length; i++)
    g_string_append (name, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

  return g_string_free (name, FALSE);
}

static FobSecret *
random_secret (gsize min, gsize max)
{
  guint8 bytes[128];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) g_test_rand_int ();

  return fob_secret_new (bytes, (gsize) g_test_rand_int_range ((gint32) min, (gint32) max + 1));
}

static FobSecret *
random_pin (void)
{
  g_autofree char *name = random_name ();

  return fob_secret_new (name, MIN (strlen (name), FOB_OTP_PIN_SIZE_MAX));
}

static FobSecret *
random_yandex_pin (void)
{
  char digits[FOB_OTP_YANDEX_PIN_SIZE_MAX];

  for (gsize i = 0; i < sizeof digits; i++)
    digits[i] = (char) g_test_rand_int_range ('0', '9' + 1);

  return fob_secret_new (digits, (gsize) g_test_rand_int_range (0, sizeof digits + 1));
}

static char *
random_suite (void)
{
  static const char *const pins[] = { "", "-PSHA1", "-PSHA256", "-PSHA512" };
  static const char *const tails[] = { "", "-S064", "-T1M", "-S512-T48H", "-S" };
  const char formats[] = "NAH";

  return g_strdup_printf ("OCRA-1:HOTP-SHA%s-%d:%sQ%c%02d%s%s", g_test_rand_bit () ? "1" : "512",
                          g_test_rand_int_range (4, 11), g_test_rand_bit () ? "C-" : "",
                          formats[g_test_rand_int_range (0, 3)], g_test_rand_int_range (4, 65),
                          pins[g_test_rand_int_range (0, G_N_ELEMENTS (pins))],
                          tails[g_test_rand_int_range (0, G_N_ELEMENTS (tails))]);
}

static guint64
random_counter (void)
{
  guint64 counter = (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();

  /* Small and large numbers alike. */
  return counter >> g_test_rand_int_range (0, 64);
}

static FobOtp *
random_otp (void)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  FobOtpKind kind = (FobOtpKind) g_test_rand_int_range (0, FOB_OTP_KIND_OCRA + 1);
  gboolean yandex = kind == FOB_OTP_KIND_YANDEX;
  g_autoptr (FobSecret) secret =
    random_secret (yandex ? FOB_OTP_YANDEX_SECRET_SIZE : FOB_OTP_SECRET_SIZE_MIN,
                   yandex ? FOB_OTP_YANDEX_SECRET_SIZE : 128);
  g_autoptr (FobSecret) pin = yandex ? random_yandex_pin () : random_pin ();
  g_autofree char *suite = random_suite ();
  g_autoptr (GError) error = NULL;
  FobOtp *otp = NULL;

  fob_otp_params_set_kind (&params, kind);
  if (!fob_otp_kind_get_info (kind)->algorithm_fixed)
    {
      params.algorithm = (FobOtpAlgorithm) g_test_rand_int_range (0, FOB_OTP_ALGORITHM_SHA512 + 1);
      params.digits = (guint) g_test_rand_int_range (FOB_OTP_DIGITS_MIN, FOB_OTP_DIGITS_MAX + 1);
      params.period = (guint64) g_test_rand_int_range (1, FOB_OTP_PERIOD_MAX + 1);
    }
  params.counter = random_counter ();
  params.secret = secret;
  params.pin = pin;
  params.suite = suite;

  otp = fob_otp_new (&params, &error);
  g_assert_no_error (error);

  return otp;
}

static void
test_round_trip (void)
{
  for (int i = 0; i < ROUND_TRIPS; i++)
    {
      g_autoptr (FobOtp) otp = random_otp ();
      g_autofree char *issuer = random_name ();
      g_autofree char *account = random_name ();
      g_auto (FobWipedString) uri = fob_otp_uri_format (otp, issuer, account);
      g_autofree char *parsed_issuer = NULL;
      g_autofree char *parsed_account = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (FobOtp) parsed =
        fob_otp_uri_parse (uri, -1, &parsed_issuer, &parsed_account, &error);

      g_assert_no_error (error);
      g_assert_true (fob_otp_equal (otp, parsed));
      g_assert_cmpstr (parsed_issuer, ==, issuer);
      g_assert_cmpstr (parsed_account, ==, account);
    }
}

/* The longest names and the longest secret still make a URI that can be read. */
static void
test_longest (void)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autofree guint8 *key = g_malloc0 (FOB_OTP_SECRET_SIZE_MAX);
  g_autoptr (FobSecret) secret = fob_secret_new (key, FOB_OTP_SECRET_SIZE_MAX);
  g_autofree char *name = g_strnfill (FOB_OTP_LABEL_SIZE_MAX, ' ');
  g_autofree char *issuer = NULL;
  g_autofree char *account = NULL;
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (FobOtp) parsed = NULL;
  g_autofree char *uri = NULL;

  params.secret = secret;
  otp = fob_otp_new (&params, NULL);
  uri = fob_otp_uri_format (otp, name, name);
  parsed = parse_ok (uri, &issuer, &account);

  g_assert_true (fob_otp_equal (otp, parsed));
  g_assert_cmpstr (issuer, ==, name);
  g_assert_cmpstr (account, ==, name);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otp/otp-uri/names", test_names);
  g_test_add_func ("/otp/otp-uri/kinds", test_kinds);
  g_test_add_func ("/otp/otp-uri/totp", test_totp);
  g_test_add_func ("/otp/otp-uri/hotp", test_hotp);
  g_test_add_func ("/otp/otp-uri/secrets", test_secrets);
  g_test_add_func ("/otp/otp-uri/broken", test_broken);
  g_test_add_func ("/otp/otp-uri/hostile", test_hostile);
  g_test_add_func ("/otp/otp-uri/length", test_length);
  g_test_add_func ("/otp/otp-uri/probe", test_probe);
  g_test_add_func ("/otp/otp-uri/format", test_format);
  g_test_add_func ("/otp/otp-uri/round-trip", test_round_trip);
  g_test_add_func ("/otp/otp-uri/longest", test_longest);

  return g_test_run ();
}
