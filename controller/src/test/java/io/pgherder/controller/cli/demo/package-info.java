/** Tests beside the demo. */
@NullMarked
package io.pgherder.controller.cli.demo;

import org.jspecify.annotations.NullMarked;
