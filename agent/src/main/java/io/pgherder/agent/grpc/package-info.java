/**
 * The door: the only package that knows gRPC and the generated messages. Service methods are a few lines; mappings translate between the
 * contract and the agent's own records; event streams wait for slow readers without keeping an operation waiting.
 */
@NullMarked
package io.pgherder.agent.grpc;

import org.jspecify.annotations.NullMarked;
