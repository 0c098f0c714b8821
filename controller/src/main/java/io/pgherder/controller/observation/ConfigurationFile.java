package io.pgherder.controller.observation;

/** A file that configures an instance, in whatever directory: known by its name. */
public enum ConfigurationFile {
    /** pgherder's own. */
    PGHERDER("pgherder.conf"),
    /** A person's, which includes that. */
    POSTGRESQL("postgresql.conf"),
    /** Read after both: what ALTER SYSTEM writes. */
    ALTER_SYSTEM("postgresql.auto.conf"),
    HBA("pg_hba.conf");

    private final String fileName;

    ConfigurationFile(String fileName) {
        this.fileName = fileName;
    }

    public boolean isAt(String path) {
        return path.endsWith("/" + fileName);
    }

    /** "pgherder.conf". */
    @Override
    public String toString() {
        return fileName;
    }
}
