package io.pgherder.controller.pgvalue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BooleanTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"on", "ON", "t", "tru", "true", "y", "ye", "yes", "1"})
    void yes(String text) {
        assertThat(BooleanText.parse(text)).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"of", "off", "Off", "f", "fals", "false", "n", "no", "0"})
    void no(String text) {
        assertThat(BooleanText.parse(text)).contains(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "o", "onn", "offf", "truth", "01", "10", "2", " on", "on ", "null"})
    void neither(String text) {
        assertThat(BooleanText.parse(text)).isEmpty();
        assertThat(BooleanText.word(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "tru", "f", "y", "of", "n", "remote_write"})
    void whereThereAreOtherWordsNoneIsShortened(String text) {
        assertThat(BooleanText.word(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "True", "YES", "1"})
    void whereThereAreOtherWordsYes(String text) {
        assertThat(BooleanText.word(text)).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "False", "NO", "0"})
    void whereThereAreOtherWordsNo(String text) {
        assertThat(BooleanText.word(text)).contains(false);
    }
}
