/** The way to the agents, against an agent in the same process. */
@NullMarked
package io.pgherder.controller.agentclient;

import org.jspecify.annotations.NullMarked;
