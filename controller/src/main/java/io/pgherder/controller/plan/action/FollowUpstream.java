package io.pgherder.controller.plan.action;

import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.HbaInForce;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.Condition.SlotExists;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.Impact;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the standby streams from this upstream, as this role and by this slot. A reload, no restart (PostgreSQL 13 and newer).
 *
 * @param impact writes pause until it streams again if without it too few confirm commits
 */
public record FollowUpstream(InstanceAddress instance, Upstream upstream, Impact impact) implements Action {
    public FollowUpstream {
        requireNonNull(instance, "instance is null");
        requireNonNull(upstream, "upstream is null");
        requireNonNull(impact, "impact is null");
    }

    /** Of a standby that no commit waits for. */
    public FollowUpstream(InstanceAddress instance, Upstream upstream) {
        this(instance, upstream, Impact.RELOAD);
    }

    @Override
    public String words() {
        return "follow " + upstream.node();
    }

    @Override
    public Set<Condition> needs() {
        Set<Condition> needs = new LinkedHashSet<>();
        needs.add(new Running(node()));
        // It rewrites two lines of pgherder.conf: whoever writes the whole file comes first.
        needs.add(new SettingsWritten(node()));
        needs.add(new Running(upstream.node()));
        needs.add(new RoleReady(upstream.node()));
        needs.add(new HbaInForce(upstream.node()));
        upstream.slot().ifPresent(slot -> needs.add(new SlotExists(upstream.node(), node())));
        return needs;
    }

    @Override
    public Set<Condition> makes() {
        return Set.of(new Streams(node(), upstream.node()));
    }

    @Override
    public boolean readsFilesAgain() {
        return true;
    }

    @Override
    public List<Object> essence() {
        return List.of(upstream);
    }
}
