#include "commands/command.h"
int command_catalogue (int c, char **v) { return 0; }
