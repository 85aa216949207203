/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* How long one code takes: ours, liboath's and libcotp's, each in a process of its own, so that
 * none profits from what another has warmed up. Prints a table, then the same as JSON on the last
 * line. */

#include "config.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/evp.h>

#ifdef HAVE_LIBOATH
#include <liboath/oath.h>
#endif
#ifdef HAVE_COTP
#include <cotp.h>
#endif

#include "fob-hash.h"
#include "fob-otp.h"

#define N_CODES  200000
#define N_ROUNDS 7

#define N_ALGORITHMS 3

/* The keys that RFC 6238 uses: as long as the hash. */
static const char seed[] = "1234567890123456789012345678901234567890123456789012345678901234";
static const gsize key_sizes[N_ALGORITHMS] = { 20, 32, 64 };

/* What the codes are for: eight digits, 30 seconds, one code after another. */
#define DIGITS 8
#define PERIOD 30
#define START  G_GINT64_CONSTANT (1700000000)

typedef void (*BenchFunc) (FobOtpAlgorithm algorithm, int n_codes);

typedef struct
{
  const char *name;
  const char *what;
  BenchFunc run;
} Bench;

/* The results must not be optimised away. */
static volatile char sink;

static FobOtp *
make_token (FobOtpAlgorithm algorithm)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new (seed, key_sizes[algorithm]);

  params.algorithm = algorithm;
  params.digits = DIGITS;
  params.period = PERIOD;
  params.secret = secret;

  return fob_otp_new (&params, NULL);
}

static void
run_ours_cached (FobOtpAlgorithm algorithm, int n_codes)
{
  g_autoptr (FobOtp) otp = make_token (algorithm);
  char code[FOB_OTP_CODE_SIZE];

  for (int i = 0; i < n_codes; i++)
    {
      g_assert_true (fob_otp_code (otp, START + i * PERIOD, code, NULL));
      sink = code[0];
    }
}

/* Nothing is known of the key but where it is. */
static void
run_ours_cold (FobOtpAlgorithm algorithm, int n_codes)
{
  g_autoptr (FobOtp) model = make_token (algorithm);
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  char code[FOB_OTP_CODE_SIZE];

  fob_otp_get_params (model, &params);
  for (int i = 0; i < n_codes; i++)
    {
      g_autoptr (FobOtp) otp = fob_otp_new (&params, NULL);

      g_assert_true (fob_otp_code (otp, START + i * PERIOD, code, NULL));
      sink = code[0];
    }
}

/* And not even that: into the secure heap and out of it again. */
static void
run_ours_from_bytes (FobOtpAlgorithm algorithm, int n_codes)
{
  char code[FOB_OTP_CODE_SIZE];

  for (int i = 0; i < n_codes; i++)
    {
      g_autoptr (FobOtp) otp = make_token (algorithm);

      g_assert_true (fob_otp_code (otp, START + i * PERIOD, code, NULL));
      sink = code[0];
    }
}

/* The least that an HMAC of a short message can cost with this library: two compressions. */
static void
run_floor (FobOtpAlgorithm algorithm, int n_codes)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  guint8 digest[FOB_HASH_SIZE_MAX] = { 0 };

  EVP_DigestInit_ex2 (context, fob_hash_get_digest (algorithm), NULL);
  for (int i = 0; i < n_codes * 2; i++)
    {
      EVP_DigestInit_ex2 (context, NULL, NULL);
      EVP_DigestUpdate (context, digest, 20);
      EVP_DigestFinal_ex (context, digest, NULL);
      sink = (char) digest[0];
    }
  EVP_MD_CTX_free (context);
}

#ifdef HAVE_LIBOATH
static void
run_liboath (FobOtpAlgorithm algorithm, int n_codes)
{
  const int flags[] = { 0, OATH_TOTP_HMAC_SHA256, OATH_TOTP_HMAC_SHA512 };
  char code[DIGITS + 1];

  oath_init ();
  for (int i = 0; i < n_codes; i++)
    {
      g_assert_cmpint (oath_totp_generate2 (seed, key_sizes[algorithm], START + i * PERIOD, PERIOD,
                                            0, DIGITS, flags[algorithm], code),
                       ==, OATH_OK);
      sink = code[0];
    }
  oath_done ();
}
#endif

#ifdef HAVE_COTP
static void
run_libcotp (FobOtpAlgorithm algorithm, int n_codes)
{
  const int hashes[] = { GCRY_MD_SHA1, GCRY_MD_SHA256, GCRY_MD_SHA512 };
  g_autoptr (FobSecret) secret = fob_secret_new (seed, key_sizes[algorithm]);
  g_autofree char *base32 = fob_secret_dup_base32 (secret);

  for (int i = 0; i < n_codes; i++)
    {
      cotp_error_t error = VALID;
      char *code =
        get_totp_at (base32, START + i * PERIOD, DIGITS, PERIOD, hashes[algorithm], &error);

      g_assert_nonnull (code);
      sink = code[0];
      free (code);
    }
}
#endif

static const Bench benches[] = {
  { "keyfob", "one token, many codes: the key is kept ready", run_ours_cached },
  { "keyfob-cold", "a new token for every code, its secret in the secure heap", run_ours_cold },
  { "keyfob-bytes", "the same, and a new secret from bytes, wiped after use", run_ours_from_bytes },
#ifdef HAVE_LIBOATH
  { "liboath", "oath_totp_generate2 () with the key's bytes", run_liboath },
#endif
#ifdef HAVE_COTP
  { "libcotp", "get_totp_at () with the key in base32", run_libcotp },
#endif
  { "floor", "two bare compressions of the hash, by OpenSSL", run_floor },
};

#define N_BENCHES G_N_ELEMENTS (benches)

/* The best round: others are only disturbed more. In nanoseconds a code. */
static double
measure (const Bench *bench, FobOtpAlgorithm algorithm)
{
  double best = G_MAXDOUBLE;

  bench->run (algorithm, N_CODES / 10);
  for (int round = 0; round < N_ROUNDS; round++)
    {
      gint64 start = g_get_monotonic_time ();

      bench->run (algorithm, N_CODES);
      best = MIN (best, (double) (g_get_monotonic_time () - start) * 1000 / N_CODES);
    }

  return best;
}

static gboolean
measure_in_child (const Bench *bench, double times[N_ALGORITHMS])
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      for (FobOtpAlgorithm i = 0; i < N_ALGORITHMS; i++)
        times[i] = measure (bench, i);
      _exit (0);
    }

  return child > 0 && waitpid (child, &status, 0) == child && WIFEXITED (status) &&
         WEXITSTATUS (status) == 0;
}

static double
fastest_peer (double (*times)[N_ALGORITHMS], int algorithm)
{
  double best = 0;

  for (gsize i = 0; i < N_BENCHES; i++)
    {
      if (g_str_has_prefix (benches[i].name, "lib") && (best == 0 || times[i][algorithm] < best))
        best = times[i][algorithm];
    }

  return best;
}

static void
print_table (double (*times)[N_ALGORITHMS])
{
  printf (
    "Nanoseconds a code (and how many times the faster peer takes), best of %d rounds of %d:\n\n",
    N_ROUNDS, N_CODES);
  printf ("%-14s", "");
  for (FobOtpAlgorithm i = 0; i < N_ALGORITHMS; i++)
    printf ("%16s", fob_otp_algorithm_to_string (i));
  printf ("\n");

  for (gsize i = 0; i < N_BENCHES; i++)
    {
      printf ("%-14s", benches[i].name);
      for (int j = 0; j < N_ALGORITHMS; j++)
        printf ("%8.0f (%4.1fx)", times[i][j], fastest_peer (times, j) / times[i][j]);
      printf ("   %s\n", benches[i].what);
    }
  printf ("\n");
}

static void
print_json (double (*times)[N_ALGORITHMS])
{
  printf ("{\"bench\":\"otp\",\"unit\":\"ns/code\",\"openssl\":\"%s\"",
          OpenSSL_version (OPENSSL_VERSION_STRING));
  for (gsize i = 0; i < N_BENCHES; i++)
    {
      printf (",\"%s\":{", benches[i].name);
      for (int j = 0; j < N_ALGORITHMS; j++)
        printf ("%s\"%s\":%.1f", j > 0 ? "," : "",
                fob_otp_algorithm_to_string ((FobOtpAlgorithm) j), times[i][j]);
      printf ("}");
    }
  printf ("}\n");
}

int
main (void)
{
  double (*times)[N_ALGORITHMS] = mmap (NULL, sizeof (double[N_BENCHES][N_ALGORITHMS]),
                                        PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

  g_assert (times != MAP_FAILED);
  for (gsize i = 0; i < N_BENCHES; i++)
    {
      if (!measure_in_child (&benches[i], times[i]))
        {
          fprintf (stderr, "%s could not be measured\n", benches[i].name);
          return 1;
        }
    }

  print_table (times);
  print_json (times);
  return 0;
}
