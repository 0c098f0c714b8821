package io.pgherder.agent.operation;

import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Asking an upstream again that refuses a role or its password: one that is a standby learns of both by replication, a moment later.
 * Whoever is refused has done nothing yet.
 */
final class AskedAgain {
    private static final Duration LEARNS_WITHIN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    private AskedAgain() {}

    /** The result of the last attempt: it was let in, or refused for another reason, or for too long. */
    static CommandResult untilLetIn(OperationContext context, Upstream upstream, Supplier<CommandResult> attempt) {
        long begun = System.nanoTime();
        CommandResult result = attempt.get();
        while (mayPass(result) && System.nanoTime() - begun < LEARNS_WITHIN.toNanos()) {
            context.phase("waiting until " + upstream.node() + " lets it in");
            Wait.pause(BETWEEN_ATTEMPTS, context.cancellation());
            result = attempt.get();
        }
        return result;
    }

    private static boolean mayPass(CommandResult result) {
        return UpstreamRefusal.in(result.lastErrorLines())
                .filter(UpstreamRefusal::mayPass)
                .isPresent();
    }
}
