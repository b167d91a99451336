#include "commands/command.h"
int command_show (int c, char **v) { return 0; }
