/* exit_status.h - the exit statuses of the program. */
#pragma once

enum { EXIT_ALL_DONE = 0, EXIT_SOME_FAILED = 1, EXIT_WRONG_CALL = 2, EXIT_ALL_FAILED = 3 };
