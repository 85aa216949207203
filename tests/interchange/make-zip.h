/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

typedef struct
{
  const char *name;
  const char *data;
  gsize size; /* 0 for a text */
} ZipMember;

/* Returns: (transfer full): an archive of the NULL-terminated members. */
GBytes *make_zip (const ZipMember *members);
