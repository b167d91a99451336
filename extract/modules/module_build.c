/* module_build.c - what each module says of itself: with which program it was built (module.c). */
#include "modules/module.h"

extern const char checksheet_module_build[];

MODULE_ENTRY const char checksheet_module_build[] = VERSION;
