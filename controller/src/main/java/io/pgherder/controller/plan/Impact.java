package io.pgherder.controller.plan;

/** What a step costs those who use the cluster; from mild to severe. */
public enum Impact {
    NONE("none"),
    /** The server reads its files again; nobody is disconnected. */
    RELOAD("reload"),
    /** A standby restarts: its readers are disconnected. */
    RESTART("restart"),
    /** A standby stops for good: its readers have to go elsewhere. */
    STOP("stop"),
    /** Commits wait for a while: the primary restarts, or too few standbys are left to confirm them. */
    WRITES_PAUSE("writes pause"),
    DATA_DELETED("data deleted");

    private final String words;

    Impact(String words) {
        this.words = words;
    }

    /** As a person reads it. */
    public String words() {
        return words;
    }
}
