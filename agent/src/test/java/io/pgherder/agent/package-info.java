@NullMarked
package io.pgherder.agent;

import org.jspecify.annotations.NullMarked;
