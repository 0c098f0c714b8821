package io.pgherder.controller.cli;

/** For people: the result is a file in a format of its own. */
public final class TextOnly extends OutputOptions {
    @Override
    public boolean isJson() {
        return false;
    }
}
