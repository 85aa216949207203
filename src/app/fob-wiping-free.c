/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Memory that is given back is overwritten first, whoever gives it back: toolkits copy names and
 * what is typed in many places, and after a lock none of it should be found. The C library asks the
 * program for free () and realloc () before it takes its own, so these two stand in for all
 * libraries of the process. Only where the C library's own are known by another name, and not where
 * a tool that looks for errors has replaced them already. */

#include "config.h"

#include <features.h>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

void __libc_free (void *memory);
void *__libc_malloc (size_t size);
void *__libc_realloc (void *memory, size_t size);

/* Blocks that are larger than this are the C library's own pages and vanish with their content;
 * beneath it, moving costs less than leaving something behind. */
#define IN_PLACE_MIN (128 * 1024)

void
free (void *memory)
{
  if (memory != NULL)
    explicit_bzero (memory, malloc_usable_size (memory));
  __libc_free (memory);
}

void *
realloc (void *memory, size_t size)
{
  const size_t old_size = memory != NULL ? malloc_usable_size (memory) : 0;
  void *moved;

  if (memory == NULL || size == 0 || (size <= old_size && size >= old_size / 2) ||
      old_size >= IN_PLACE_MIN)
    return __libc_realloc (memory, size);

  moved = __libc_malloc (size);
  if (moved == NULL)
    return NULL;
  memcpy (moved, memory, old_size < size ? old_size : size);
  free (memory);

  return moved;
}

#endif
