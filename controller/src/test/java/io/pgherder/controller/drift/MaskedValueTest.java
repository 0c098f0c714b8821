package io.pgherder.controller.drift;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MaskedValueTest {
    @Test
    void whatIsToldMayBeWhatIsDeclared() {
        assertThat(new MaskedValue("push --to s3://key:****@host/%f").mayBe("push --to s3://key:secret@host/%f"))
                .isTrue();
        assertThat(new MaskedValue("push --to s3://key:****@host/%f").mayBe("push --to s3://key:secret@other/%f"))
                .isFalse();
    }
}
