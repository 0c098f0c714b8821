package io.pgherder.controller.drift;

/** What comparing came upon: something that is not as declared, or something that could not be compared. */
public sealed interface Finding permits Difference, Unseen {
    Subject subject();
}
