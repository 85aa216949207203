/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* watch-accounts URI...: watches these accounts. For test_watch.py, which gives it a terminal. */

#include <locale.h>
#include <stdio.h>

#include "fob-account.h"
#include "fob-otp-uri.h"
#include "fob-watch.h"

int
main (int argc, char **argv)
{
  g_autoptr (GListStore) accounts = g_list_store_new (FOB_TYPE_ACCOUNT);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *issuer = NULL;
      g_autofree char *name = NULL;
      g_autoptr (FobOtp) otp = fob_otp_uri_parse (argv[i], -1, &issuer, &name, &error);
      g_autoptr (FobAccount) account = NULL;

      g_assert_no_error (error);
      account = fob_account_new (issuer, name, otp);
      g_list_store_append (accounts, account);
    }

  if (fob_watch_run (G_LIST_MODEL (accounts), &error))
    return 0;

  fprintf (stderr, "fob: %s\n", error->message);
  return 1;
}
