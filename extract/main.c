#include "commands/command.h"
int main (int c, char **v) { return command_convert (c, v); }
