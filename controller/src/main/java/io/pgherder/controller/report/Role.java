package io.pgherder.controller.report;

import java.util.Locale;

/** What a node is in its cluster. */
public enum Role {
    PRIMARY,
    STANDBY;

    /** "primary", "standby". */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
