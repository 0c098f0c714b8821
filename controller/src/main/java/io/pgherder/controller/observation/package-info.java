/**
 * What is: every node as its agent sees it, or why it could not be seen. Looking changes nothing and takes no lock. Unknown is not false:
 * a node is Seen, Empty or Unreachable, and whoever reads an observation says what it does with each.
 */
@NullMarked
package io.pgherder.controller.observation;

import org.jspecify.annotations.NullMarked;
