/**
 * The command line: each command is one picocli class with its own {@code main} that parses, calls and prints. Exit
 * code 0 on success, 2 for wrong usage or bad input, 1 for a failure; results go to standard output, progress to
 * standard error.
 */
package org.nagumo.experiments.cli;
