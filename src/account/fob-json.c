/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-json.h"

#include <stddef.h>
#include <stdlib.h>

#include "fob-wipe.h"

/* The size stands before the memory, so that free () knows how much to wipe. */
#define HEADER_SIZE (MAX (sizeof (gsize), _Alignof(max_align_t)))

static void *
fob_json_malloc (size_t size)
{
  guint8 *memory;

  if (size > G_MAXSIZE - HEADER_SIZE)
    return NULL;
  memory = malloc (HEADER_SIZE + size);
  if (memory == NULL)
    return NULL;
  *(gsize *) (void *) memory = size;

  return memory + HEADER_SIZE;
}

static void
fob_json_free (void *data)
{
  guint8 *memory;

  if (data == NULL)
    return;
  memory = (guint8 *) data - HEADER_SIZE;
  fob_wipe (data, *(gsize *) (void *) memory);
  free (memory);
}

void
fob_json_init (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      json_set_alloc_funcs (fob_json_malloc, fob_json_free);
      /* Hash tables of strangers' keys: seeded here, where no second thread is yet. */
      json_object_seed (0);
      g_once_init_leave (&once, 1);
    }
}

GBytes *
fob_json_dump (json_t *value)
{
  const size_t flags = JSON_COMPACT | JSON_ENSURE_ASCII | JSON_ENCODE_ANY;
  const size_t size = json_dumpb (value, NULL, 0, flags);
  char *text = g_malloc (size + 1);

  json_dumpb (value, text, size, flags);
  text[size] = '\0';

  return fob_wipe_bytes_new_take (text, size);
}
