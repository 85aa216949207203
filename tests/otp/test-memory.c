/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Looks through all memory of this process that can be written for what must not be left there: the
 * key, the padded key, its text, the PIN, the last code and the HMAC behind it. What is looked for
 * is never itself in memory, only a masked copy: a child process works out what the codes will be.
 */

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fob-hash.h"
#include "fob-ocra.h"
#include "fob-otp-private.h"
#include "fob-otp-uri.h"
#include "fob-totp-verify.h"
#include "fob-wipe.h"

#define MASK 0x5a
#define TIME 1700000000

#define KEY_SIZE 26
#define PIN_SIZE 16

/* Mappings that are larger belong to no program that runs without a sanitizer. */
#define REGION_SIZE_MAX ((gsize) 1 << 30)

typedef enum
{
  NEEDLE_KEY,
  NEEDLE_KEY_INNER, /* padded as in RFC 2104 */
  NEEDLE_KEY_OUTER,
  NEEDLE_BASE32,
  NEEDLE_HEX,
  NEEDLE_PIN,
  NEEDLE_CODE,
  NEEDLE_MAC,
  NEEDLE_MAC_WORDS, /* as it is in the state of a hash */
  N_NEEDLES
} NeedleId;

static const char *const needle_names[N_NEEDLES] = { "key",    "inner key", "outer key",
                                                     "base32", "hex",       "PIN",
                                                     "code",   "HMAC",      "HMAC as words" };

typedef struct
{
  gsize size; /* 0 if there is nothing to look for */
  guint8 masked[128];
} Needle;

typedef struct
{
  const char *name;
  FobOtpKind kind;
  FobOtpAlgorithm algorithm;
  const char *suite;
} Case;

static const Case cases[] = {
  { "totp-sha1", FOB_OTP_KIND_TOTP, FOB_OTP_ALGORITHM_SHA1, NULL },
  { "totp-sha256", FOB_OTP_KIND_TOTP, FOB_OTP_ALGORITHM_SHA256, NULL },
  { "totp-sha512", FOB_OTP_KIND_TOTP, FOB_OTP_ALGORITHM_SHA512, NULL },
  { "hotp", FOB_OTP_KIND_HOTP, FOB_OTP_ALGORITHM_SHA1, NULL },
  { "steam", FOB_OTP_KIND_STEAM, FOB_OTP_ALGORITHM_SHA1, NULL },
  { "motp", FOB_OTP_KIND_MOTP, FOB_OTP_ALGORITHM_MD5, NULL },
  { "yandex", FOB_OTP_KIND_YANDEX, FOB_OTP_ALGORITHM_SHA256, NULL },
  { "ocra", FOB_OTP_KIND_OCRA, FOB_OTP_ALGORITHM_SHA1, "OCRA-1:HOTP-SHA512-8:QN08-PSHA512" },
};

static void
needle_set (Needle *self, gconstpointer data, gsize size)
{
  const guint8 *bytes = data;

  g_assert_cmpuint (size, <=, sizeof self->masked);
  self->size = size;
  for (gsize i = 0; i < size; i++)
    self->masked[i] = bytes[i] ^ MASK;
}

static FobSecret *
needle_unmask (const Needle *self)
{
  guint8 bytes[sizeof self->masked];
  FobSecret *secret = NULL;

  for (gsize i = 0; i < self->size; i++)
    bytes[i] = self->masked[i] ^ MASK;
  secret = fob_secret_new (bytes, self->size);
  fob_wipe (bytes, sizeof bytes);

  return secret;
}

/* Made masked, so that it never is in memory otherwise. */
static void
make_random_needles (const Case *test, Needle *needles)
{
  memset (needles, 0, N_NEEDLES * sizeof *needles);

  needles[NEEDLE_KEY].size = test->kind == FOB_OTP_KIND_YANDEX ? 16 : KEY_SIZE;
  for (gsize i = 0; i < needles[NEEDLE_KEY].size; i++)
    needles[NEEDLE_KEY].masked[i] = (guint8) g_test_rand_int ();

  needles[NEEDLE_PIN].size = PIN_SIZE;
  for (gsize i = 0; i < PIN_SIZE; i++)
    needles[NEEDLE_PIN].masked[i] = (guint8) (MASK ^ g_test_rand_int_range ('0', '9' + 1));
}

static FobOtp *
make_token (const Case *test, const Needle *needles)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = needle_unmask (&needles[NEEDLE_KEY]);
  g_autoptr (FobSecret) pin = needle_unmask (&needles[NEEDLE_PIN]);
  g_autoptr (GError) error = NULL;
  FobOtp *otp = NULL;

  fob_otp_params_set_kind (&params, test->kind);
  params.algorithm = test->algorithm;
  params.suite = test->suite;
  params.secret = secret;
  params.pin = pin;
  if (test->kind == FOB_OTP_KIND_TOTP || test->kind == FOB_OTP_KIND_HOTP)
    params.digits = FOB_OTP_DIGITS_MAX;

  otp = fob_otp_new (&params, &error);
  g_assert_no_error (error);
  return otp;
}

static void
make_code (FobOtp *otp, char code[FOB_OCRA_CODE_SIZE])
{
  const FobOcraInput input = { .challenge = "12345678" };
  g_autoptr (GError) error = NULL;
  gboolean done = fob_otp_get_kind (otp) == FOB_OTP_KIND_OCRA
                    ? fob_ocra_answer (otp, &input, code, &error)
                    : fob_otp_code (otp, TIME, code, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

/* In the child: everything that can be worked out from key and PIN. */
static void
work_out_needles (const Case *test, Needle *needles)
{
  g_autoptr (FobOtp) otp = make_token (test, needles);
  g_auto (FobWipedString) base32 = fob_secret_dup_base32 (fob_otp_get_secret (otp));
  g_auto (FobWipedString) hex = fob_secret_dup_hex (fob_otp_get_secret (otp));
  char code[FOB_OCRA_CODE_SIZE];

  for (gsize i = 0; i < needles[NEEDLE_KEY].size; i++)
    {
      needles[NEEDLE_KEY_INNER].masked[i] = needles[NEEDLE_KEY].masked[i] ^ 0x36;
      needles[NEEDLE_KEY_OUTER].masked[i] = needles[NEEDLE_KEY].masked[i] ^ 0x5c;
    }
  needles[NEEDLE_KEY_INNER].size = needles[NEEDLE_KEY].size;
  needles[NEEDLE_KEY_OUTER].size = needles[NEEDLE_KEY].size;

  make_code (otp, code);
  /* Five characters may be anywhere by chance. */
  if (test->kind != FOB_OTP_KIND_STEAM && test->kind != FOB_OTP_KIND_MOTP)
    needle_set (&needles[NEEDLE_CODE], code, strlen (code));
  /* Only the end: malloc () writes over the start of what is freed. */
  needle_set (&needles[NEEDLE_BASE32], base32 + strlen (base32) / 2, strlen (base32) / 2);
  needle_set (&needles[NEEDLE_HEX], hex + strlen (hex) / 2, strlen (hex) / 2);

  if (fob_otp_is_time_based (otp) && test->kind != FOB_OTP_KIND_MOTP)
    {
      guint64 step = GUINT64_TO_BE (TIME / fob_otp_get_period (otp));
      guint8 mac[FOB_HASH_SIZE_MAX];
      gsize size = fob_otp_compute_hmac (otp, &step, sizeof step, mac);
      gsize word = test->algorithm == FOB_OTP_ALGORITHM_SHA512 ? 8 : 4;

      needle_set (&needles[NEEDLE_MAC], mac, size);
      needles[NEEDLE_MAC_WORDS].size = size;
      for (gsize i = 0; i < size; i++)
        needles[NEEDLE_MAC_WORDS].masked[i] = mac[i / word * word + word - 1 - i % word] ^ MASK;
    }
}

static void
make_needles (const Case *test, Needle *needles)
{
  int ends[2];
  pid_t child = 0;
  int status = 0;

  make_random_needles (test, needles);
  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      work_out_needles (test, needles);
      _exit (write (ends[1], needles, N_NEEDLES * sizeof *needles) > 0 ? 0 : 1);
    }

  g_assert_cmpint (read (ends[0], needles, N_NEEDLES * sizeof *needles), ==,
                   (gssize) (N_NEEDLES * sizeof *needles));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  close (ends[0]);
  close (ends[1]);
}

/* In place: a copy of the memory would be found, too. */
static guint
count_in_region (const guint8 *start, gsize size, const Needle *needle)
{
  guint count = 0;

  for (gsize i = 0; i + needle->size <= size; i++)
    {
      gsize n_equal = 0;

      while (n_equal < needle->size && (start[i + n_equal] ^ MASK) == needle->masked[n_equal])
        n_equal++;
      count += n_equal == needle->size;
    }

  return count;
}

static void
count_everywhere (const Needle *needles, guint counts[N_NEEDLES])
{
  FILE *maps = fopen ("/proc/self/maps", "r");
  char line[512];

  g_assert_nonnull (maps);
  memset (counts, 0, N_NEEDLES * sizeof *counts);

  while (fgets (line, sizeof line, maps) != NULL)
    {
      guintptr start = 0;
      guintptr end = 0;
      char access[5];

      if (sscanf (line, "%" G_GINTPTR_MODIFIER "x-%" G_GINTPTR_MODIFIER "x %4s", &start, &end,
                  access) != 3 ||
          !g_str_has_prefix (access, "rw") || end - start > REGION_SIZE_MAX)
        continue;

      for (gsize i = 0; i < N_NEEDLES; i++)
        {
          if (needles[i].size > 0)
            counts[i] += count_in_region ((const guint8 *) start, end - start, &needles[i]);
        }
    }

  fclose (maps);
}

static void
assert_counts (const Needle *needles, guint n_keys)
{
  guint counts[N_NEEDLES];

  count_everywhere (needles, counts);
  for (gsize i = 0; i < N_NEEDLES; i++)
    {
      gboolean is_secret = i == NEEDLE_KEY || i == NEEDLE_PIN;

      if (counts[i] > (is_secret ? n_keys : 0))
        g_error ("%s is in memory %u times", needle_names[i], counts[i]);
      if (i == NEEDLE_KEY)
        g_assert_cmpuint (counts[i], ==, n_keys);
    }
}

/* Codes from the bare key and from the key made ready, there and back through a URI, and the other
 * side. */
static void
use_token (FobOtp *otp, FobOtp **parsed)
{
  g_auto (FobWipedString) uri = fob_otp_uri_format (otp, "Issuer", "account");
  g_autofree char *issuer = NULL;
  g_autofree char *account = NULL;
  FobTotpState state = FOB_TOTP_STATE_INIT;
  char code[FOB_OCRA_CODE_SIZE];

  *parsed = fob_otp_uri_parse (uri, -1, &issuer, &account, NULL);
  g_assert_nonnull (*parsed);

  for (int i = 0; i < 3; i++)
    make_code (otp, code);
  make_code (*parsed, code);
  if (fob_otp_is_time_based (otp))
    g_assert_true (fob_totp_verify (*parsed, code, TIME, 1, &state, NULL));

  fob_wipe (code, sizeof code);
}

/* Memory scans of other tools' memory find the tools. */
static gboolean
is_watched (void)
{
  const char *preload = g_getenv ("LD_PRELOAD");

#ifdef __SANITIZE_ADDRESS__
  return TRUE;
#endif
  return preload != NULL && strstr (preload, "valgrind") != NULL;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  Needle needles[N_NEEDLES];
  FobOtp *otp = NULL;
  FobOtp *parsed = NULL;

  if (is_watched ())
    {
      g_test_skip ("not under a sanitizer or valgrind");
      return;
    }

  make_needles (test, needles);
  assert_counts (needles, 0);

  otp = make_token (test, needles);
  assert_counts (needles, 1);

  use_token (otp, &parsed);
  fob_otp_unref (parsed);
  if (test->kind != FOB_OTP_KIND_OCRA)
    {
      /* While the key is kept ready, the last HMAC may stay, too. */
      needles[NEEDLE_MAC_WORDS].size = 0;
    }
  assert_counts (needles, 1);

  fob_otp_unref (otp);
  assert_counts (needles, 0);
}

/* After the last token nothing is left, the HMAC neither. */
static void
test_hmac (void)
{
  Needle needles[N_NEEDLES];
  FobOtp *otp = NULL;
  char code[FOB_OCRA_CODE_SIZE];

  if (is_watched ())
    {
      g_test_skip ("not under a sanitizer or valgrind");
      return;
    }

  make_needles (&cases[0], needles);
  otp = make_token (&cases[0], needles);
  make_code (otp, code);
  make_code (otp, code);
  fob_wipe (code, sizeof code);
  fob_otp_unref (otp);
  assert_counts (needles, 0);
}

/* That the scan finds what there is. */
static void
test_scan (void)
{
  Needle needles[N_NEEDLES];
  guint counts[N_NEEDLES];
  FobOtp *otp = NULL;
  char *base32 = NULL;
  char *copy = NULL;

  if (is_watched ())
    {
      g_test_skip ("not under a sanitizer or valgrind");
      return;
    }

  make_needles (&cases[0], needles);
  otp = make_token (&cases[0], needles);
  base32 = fob_secret_dup_base32 (fob_otp_get_secret (otp));
  copy = g_strdup (base32);
  count_everywhere (needles, counts);
  g_assert_cmpuint (counts[NEEDLE_KEY], ==, 1);
  g_assert_cmpuint (counts[NEEDLE_BASE32], ==, 2);

  fob_wipe_free_string (base32);
  fob_wipe_free_string (copy);
  fob_otp_unref (otp);
  assert_counts (needles, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otp/memory/scan", test_scan);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/otp/memory/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/otp/memory/hmac", test_hmac);

  return g_test_run ();
}
