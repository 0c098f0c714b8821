@NullMarked
package io.pgherder.agent.tls;

import org.jspecify.annotations.NullMarked;
