package io.pgherder.controller.planfile;

import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.topology.Sha256;

/**
 * A name for what a plan does, to what, and what that costs: equal for plans that take the same steps in the same order on the same
 * cluster, each with the same impact, because the impact is what a person has agreed to. Secrets do not enter it, nor do reasons: what is
 * done decides, not what is said about it.
 */
public final class PlanFingerprint {
    private PlanFingerprint() {}

    /** SHA-256 in hexadecimal. */
    public static String of(Plan plan) {
        StringBuilder canonical = new StringBuilder();
        canonical.append("cluster ").append(plan.cluster()).append('\n');
        canonical
                .append("system ")
                .append(plan.systemIdentifier().map(Object::toString).orElse("new"))
                .append('\n');
        for (Step step : plan.steps()) {
            canonical
                    .append(step.number())
                    .append(' ')
                    .append(step.action().instance().host())
                    .append(' ')
                    .append(step.action().fingerprint())
                    .append(" after ")
                    .append(step.after())
                    .append(" impact ")
                    .append(step.action().impact())
                    .append('\n');
        }
        return Sha256.of(canonical.toString());
    }
}
