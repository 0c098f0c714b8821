@NullMarked
package io.pgherder.agent.grpc;

import org.jspecify.annotations.NullMarked;
