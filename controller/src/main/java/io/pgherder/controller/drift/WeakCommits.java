package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.RoleSetting;
import io.pgherder.controller.pgvalue.SynchronousCommit;
import io.pgherder.controller.topology.SynchronousRule;
import java.util.List;

/**
 * Whose commits are acknowledged before the promised copies have them on disk, because a role or a database says so in the catalog. What
 * a session sets for itself nobody can see.
 */
public final class WeakCommits {
    private WeakCommits() {}

    /** In the catalog's order of names; none where nothing is promised, and none of those that the file excepts. */
    public static List<RoleSetting> on(ServerFacts primary, SynchronousRule promise) {
        if (promise.count() == 0) {
            return List.of();
        }
        return primary.roleSettings().orElse(List.of()).stream()
                .filter(setting -> setting.name().equals(SynchronousCommit.SETTING)
                        && !SynchronousCommit.waitsForTheirDisks(setting.value())
                        && !promise.excepted().contains(setting.scope()))
                .toList();
    }
}
