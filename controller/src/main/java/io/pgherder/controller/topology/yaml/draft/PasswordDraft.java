package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;

/** Where the replication password is said to be. */
public record PasswordDraft(FieldPath path, Place place, Optional<Written> file, Optional<Written> env)
        implements Placed {
    static PasswordDraft of(Section password) {
        return new PasswordDraft(password.path(), password.place(), password.text("file"), password.text("env"));
    }
}
