/**
 * The command line: one command a file, whose {@code call()} reads as the story of what it does. Commands decide nothing about clusters;
 * they read options, ask the other packages in turn, and pick the exit code.
 */
@NullMarked
package io.pgherder.controller.cli;

import org.jspecify.annotations.NullMarked;
