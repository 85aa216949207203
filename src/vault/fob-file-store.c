#include "config.h"
#include "fob-file-store.h"
#include "fob-memory-store.h"
FobStore *
fob_file_store_new (const char *path)
{
  return fob_memory_store_new (NULL, 0);
}
char *
fob_file_store_dup_default_path (void)
{
  return g_strdup ("/nonexistent");
}
