package io.pgherder.controller.pgvalue;

/**
 * A PostgreSQL version as {@code server_version_num} counts it: 150018 is 15.18.
 *
 * @see <a href="https://www.postgresql.org/support/versioning/">versioning policy</a>
 */
public record PgVersion(int number) implements Comparable<PgVersion> {
    public PgVersion {
        if (number < 100000) {
            throw new IllegalArgumentException("not a server_version_num: " + number);
        }
    }

    public int major() {
        return number / 10000;
    }

    public int minor() {
        return number % 10000;
    }

    @Override
    public int compareTo(PgVersion other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return major() + "." + minor();
    }
}
