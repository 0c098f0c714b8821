package io.pgherder.controller.it.drift;

/** Something that a person does. */
@FunctionalInterface
public interface Act {
    void by(Hands hands) throws Exception;
}
