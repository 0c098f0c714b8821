package io.pgherder.agent.system;

import java.nio.file.Path;

/**
 * What the agent keeps of one instance outside its data directory.
 *
 * @param directory below the state directory, 0700
 */
public record InstanceFiles(Path directory) {
    /** The passwords with which the instance connects to its upstream, in libpq's format. */
    public AtomicFile passfile() {
        return new AtomicFile(directory.resolve("passfile"));
    }

    /** What the server says before its own logging begins. */
    public Path startupLog() {
        return directory.resolve("startup.log");
    }

    /** The last pgherder.conf that was replaced and had no errors. */
    public AtomicFile previousSettings() {
        return new AtomicFile(directory.resolve("pgherder.conf.previous"));
    }

    /** The last pg_hba.conf that was replaced and had no errors. */
    public AtomicFile previousHba() {
        return new AtomicFile(directory.resolve("pg_hba.conf.previous"));
    }

    /** The pg_hba.conf before one that was written while no server could check it, until a server has read that. */
    public AtomicFile formerHba() {
        return new AtomicFile(directory.resolve("pg_hba.conf.former"));
    }

    /** New settings, as long as PostgreSQL's program is asked what it thinks of them. */
    public AtomicFile trialSettings() {
        return new AtomicFile(directory.resolve("pgherder.conf.trial"));
    }

    /** What the last process had of the settings that were changed since, until another one has started with the new ones. */
    public AtomicFile formerSettings() {
        return new AtomicFile(directory.resolve("settings.former"));
    }

    /** Those with which a server did not start, so that it runs with what it had before. */
    public AtomicFile refusedSettings() {
        return new AtomicFile(directory.resolve("settings.refused"));
    }

    /** Forgets what was kept of the files of an instance: another one in its place would take it for its own. */
    public void forgetFormer() {
        formerSettings().delete();
        refusedSettings().delete();
        formerHba().delete();
        previousSettings().delete();
        previousHba().delete();
    }

    /** Which directories the agent made for the instance. */
    public AtomicFile mark() {
        return new AtomicFile(directory.resolve("mark.properties"));
    }
}
