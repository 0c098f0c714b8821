@NullMarked
package io.pgherder.agent.lock;

import org.jspecify.annotations.NullMarked;
