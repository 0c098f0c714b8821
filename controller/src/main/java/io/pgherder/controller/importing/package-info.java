/**
 * From what runs to the topology file that describes it. Pure: what was found goes in, the text of the file comes out, with what was guessed
 * and what had to be left out.
 */
@NullMarked
package io.pgherder.controller.importing;

import org.jspecify.annotations.NullMarked;
