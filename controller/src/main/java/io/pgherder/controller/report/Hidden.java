package io.pgherder.controller.report;

import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.drift.Unseen;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** What could not be seen of which node or host, whatever words the reason has this time. */
record Hidden(Subject subject, String code) {
    static Hidden of(Unseen unseen) {
        return new Hidden(unseen.subject(), unseen.why().code());
    }

    static Set<Hidden> all(Collection<Unseen> unseen) {
        return unseen.stream().map(Hidden::of).collect(Collectors.toUnmodifiableSet());
    }
}
