#pragma once
#include "fob-store.h"
FobStore *fob_file_store_new (const char *path);
char *fob_file_store_dup_default_path (void);
