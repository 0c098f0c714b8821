@NullMarked
package io.pgherder.agent.inspect;

import org.jspecify.annotations.NullMarked;
