/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-otp"

#include "fob-wipe.h"

#include <string.h>

typedef struct
{
  gpointer data;
  gsize size;
} WipedBlock;

static void
wiped_block_free (gpointer user_data)
{
  WipedBlock *block = user_data;

  fob_wipe (block->data, block->size);
  g_free (block->data);
  g_free (block);
}

void
fob_wipe (gpointer data, gsize size)
{
  if (data != NULL && size > 0)
    explicit_bzero (data, size);
}

void
fob_wipe_free_string (char *text)
{
  if (text == NULL)
    return;

  fob_wipe (text, strlen (text));
  g_free (text);
}

GBytes *
fob_wipe_bytes_new_take (gpointer data, gsize size)
{
  WipedBlock *block = g_new (WipedBlock, 1);

  block->data = data;
  block->size = size;

  return g_bytes_new_with_free_func (data, size, wiped_block_free, block);
}
