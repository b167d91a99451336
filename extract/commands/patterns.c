#include "commands/command.h"
int command_patterns (int c, char **v) { return 0; }
