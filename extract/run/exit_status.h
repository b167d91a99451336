/* exit_status.h - what a call of the program comes to, for the shell. */
#pragma once

enum { EXIT_ALL_DONE = 0, EXIT_SOME_FAILED = 1, EXIT_WRONG_CALL = 2 };
