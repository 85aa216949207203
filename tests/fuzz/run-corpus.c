/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* Gives the inputs of a corpus to a target, where there is no fuzzer: what was found once stays
 * found. */

#include <glib.h>

#include "fuzz.h"

static gboolean
run_file (const char *path)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &data, &size, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }

  LLVMFuzzerTestOneInput ((const uint8_t *) data, size);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) dir = argc == 2 ? g_dir_open (argv[1], 0, NULL) : NULL;
  const char *name = NULL;
  guint n_files = 0;

  if (dir == NULL)
    {
      g_printerr ("Usage: %s CORPUS\n", argv[0]);
      return 2;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);

      if (!run_file (path))
        return 1;
      n_files++;
    }

  g_print ("%u inputs\n", n_files);
  return n_files > 0 ? 0 : 1;
}
