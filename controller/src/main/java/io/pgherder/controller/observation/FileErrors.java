package io.pgherder.controller.observation;

import java.util.List;

/**
 * What a server cannot read in its configuration files of one kind, as they are on disk now.
 *
 * @param told the first ones
 * @param more how many there are beside them
 */
public record FileErrors(List<FileError> told, int more) {
    public static final FileErrors NONE = new FileErrors(List.of(), 0);

    public FileErrors {
        told = List.copyOf(told);
    }

    public boolean isEmpty() {
        return told.isEmpty();
    }

    /** How many there are. */
    public int count() {
        return told.size() + more;
    }

    /** @throws IndexOutOfBoundsException if there are none */
    public FileError first() {
        return told.get(0);
    }
}
