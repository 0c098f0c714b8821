/** The documentation is checked against what it describes: codes, commands, options, exit codes, inventories, links. */
@NullMarked
package io.pgherder.controller.docs;

import org.jspecify.annotations.NullMarked;
