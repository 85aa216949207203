/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "fob-search.h"

typedef struct
{
  const char *words;
  const char *issuer;
  const char *name;
  const char *note;
  gboolean matches;
} Row;

static const Row rows[] = {
  { "", "GitHub", "alice", "", TRUE },
  { "  \t ", "GitHub", "alice", "", TRUE },
  { "git", "GitHub", "alice", "", TRUE },
  { "HUB", "GitHub", "alice", "", TRUE },
  { "ali", "GitHub", "alice", "", TRUE },
  { "lab", "GitHub", "alice", "", FALSE },
  /* Every word, in any order, in any field. */
  { "alice git", "GitHub", "alice", "", TRUE },
  { "alice lab", "GitHub", "alice", "", FALSE },
  { "git work", "GitHub", "alice", "Work laptop", TRUE },
  { "bob", "", "bob@example.org", "", TRUE },
  { "a", "", "", "", FALSE },
  /* Case and accents do not matter, on either side. */
  { "muller", "M\xc3\xbcller", "", "", TRUE },
  { "m\xc3\xbcller", "Muller", "", "", TRUE },
  { "M\xc3\x9cLLER", "mu\xcc\x88ller", "", "", TRUE },
  { "strasse",
    "Stra\xc3\x9f"
    "e",
    "", "", TRUE },
  { "\xd0\xb1\xd0\xb0\xd0\xbd\xd0\xba", "\xd0\x91\xd0\x90\xd0\x9d\xd0\x9a", "", "", TRUE },
  { "\xe9\x8a\x80", "\xe6\x9d\xb1\xe4\xba\xac\xe9\x8a\x80\xe8\xa1\x8c", "", "", TRUE },
  /* No pattern language, and no match across two fields. */
  { ".*", "GitHub", "alice", "", FALSE },
  { "%s", "100%safe", "", "", TRUE },
  { "hubalice", "GitHub", "alice", "", FALSE },
};

static FobAccount *
create_account (const Row *row)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new ("12345678901234567890", 20);
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (FobAccount) account = NULL;

  params.secret = secret;
  otp = fob_otp_new (&params, NULL);
  g_assert_nonnull (otp);
  account = fob_account_new (row->issuer, row->name, otp);

  return fob_account_with_note (account, row->note);
}

static void
test_matches (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FobAccount) account = create_account (&rows[i]);
      g_autoptr (FobSearch) search = fob_search_new (rows[i].words);

      if (fob_search_matches (search, account) != rows[i].matches)
        {
          g_test_message ("“%s” in “%s”, “%s”", rows[i].words, rows[i].issuer, rows[i].name);
          g_test_fail ();
        }
    }
}

static void
test_empty (void)
{
  static const char *const nothing[] = { "", " ", "\t \t" };

  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (FobSearch) search = fob_search_new (nothing[i]);

      g_assert_true (fob_search_is_empty (search));
    }
}

/* The better fit comes first. */
static void
test_rank (void)
{
  static const Row order[] = {
    { "git", "GitHub", "zoe", "", TRUE },     { "git", "My Git", "zoe", "", TRUE },
    { "git", "Mail", "git-admin", "", TRUE }, { "git", "Digital", "", "", TRUE },
    { "git", "Bank", "xgit", "", TRUE },      { "git", "Bank", "", "git, too", TRUE },
  };
  guint last = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autoptr (FobAccount) account = create_account (&order[i]);
      g_autoptr (FobSearch) search = fob_search_new (order[i].words);
      const guint rank = fob_search_rank (search, account);

      g_assert_cmpuint (rank, !=, FOB_SEARCH_NO_MATCH);
      g_assert_true (i == 0 || rank > last);
      last = rank;
    }
}

static void
test_no_rank (void)
{
  const Row row = { NULL, "GitHub", "alice", "", FALSE };
  g_autoptr (FobAccount) account = create_account (&row);
  g_autoptr (FobSearch) empty = fob_search_new (" ");
  g_autoptr (FobSearch) other = fob_search_new ("git nothing");

  g_assert_cmpuint (fob_search_rank (empty, account), ==, 0);
  g_assert_cmpuint (fob_search_rank (other, account), ==, FOB_SEARCH_NO_MATCH);
}

typedef struct
{
  const char *words;
  const char *text;
  const char *found; /* the parts, with slashes between */
} Found;

static void
test_find (void)
{
  static const Found cases[] = {
    { "git", "GitHub", "Git" },
    { "hub git", "GitHub", "GitHub" },
    { "a", "banana", "a/a/a" },
    { "muller", "Herr M\xc3\xbcller!", "M\xc3\xbcller" },
    /* An accent that stands for itself goes with its letter or not, but nothing is cut in two. */
    { "strasse",
      "Stra\xc3\x9f"
      "e 5",
      "Stra\xc3\x9f"
      "e" },
    { "s",
      "Stra\xc3\x9f"
      "e",
      "S/\xc3\x9f" },
    { "x", "GitHub", "" },
    { "", "GitHub", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FobSearch) search = fob_search_new (cases[i].words);
      g_autoptr (GArray) ranges = fob_search_find (search, cases[i].text);
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint j = 0; j < ranges->len; j++)
        {
          const FobSearchRange *range = &g_array_index (ranges, FobSearchRange, j);

          if (j > 0)
            g_string_append_c (found, '/');
          g_string_append_len (found, cases[i].text + range->start,
                               (gssize) (range->end - range->start));
        }
      g_assert_cmpstr (found->str, ==, cases[i].found);
    }
}

/* What a person must never find an account by: its secret. */
static void
test_secret (void)
{
  static const char *const words[] = { "12345678901234567890", "GEZDGNBVGY3TQOJQ" };
  const Row row = { NULL, "GitHub", "alice", "", FALSE };
  g_autoptr (FobAccount) account = create_account (&row);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (FobSearch) search = fob_search_new (words[i]);

      g_assert_false (fob_search_is_empty (search));
      g_assert_false (fob_search_matches (search, account));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/search/matches", test_matches);
  g_test_add_func ("/app/search/empty", test_empty);
  g_test_add_func ("/app/search/rank", test_rank);
  g_test_add_func ("/app/search/no-rank", test_no_rank);
  g_test_add_func ("/app/search/find", test_find);
  g_test_add_func ("/app/search/secret", test_secret);

  return g_test_run ();
}
