#include "commands/command.h"
int command_convert (int c, char **v) { return 0; }
