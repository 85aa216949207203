/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-test-vault.h"

/* A vault file in a folder of its own. What is named so fails the test when it fails. */

#define FOB_TEST_PASSPHRASE "correct horse battery"

typedef struct
{
  char *folder;
  char *path; /* in a folder within, which is not there yet */
} FobTestFile;

void fob_test_file_set_up (FobTestFile *fixture, gconstpointer data);
void fob_test_file_tear_down (FobTestFile *fixture, gconstpointer data);

FobVault *fob_test_file_create_vault (FobTestFile *fixture); /* not open yet */
FobVault *fob_test_file_open_vault (FobTestFile *fixture);

/* Opens what is older than what was seen there, after it was refused and accepted. */
FobVault *fob_test_file_open_older_vault (FobTestFile *fixture);

void fob_test_file_assert_open_fails (FobTestFile *fixture,
                                      const char *passphrase,
                                      FobVaultError code,
                                      FobVaultState state);
void fob_test_assert_add_fails (FobVault *vault, FobVaultError code);
guint fob_test_file_count (FobTestFile *fixture);
void fob_test_file_write (const char *path, const char *text);

/* A store whose content is the number of its generation. */
FobStore *fob_test_file_open_store (FobTestFile *fixture);
gboolean fob_test_commit_number (FobStore *store, guint64 expected, GError **error);

/* Returns: the generation, whose content has to be its own. */
guint64 fob_test_load_number (FobStore *store);
