/** What holds for the controller as a whole. */
@NullMarked
package io.pgherder.controller;

import org.jspecify.annotations.NullMarked;
